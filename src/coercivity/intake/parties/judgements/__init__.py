"""Judgements of persons whether a name is a listed party: their file, and what they mean for a screening.

It imports `intake.parties.names`, `placeholders` and `results`, and the packages below `intake`.
"""
