"""Policies of a scenario: floors, stockpiles, mandates, bans.

It imports the market programme and the inputs of the market.
"""
