"""Permissions from decisions: what a flow or a plant may do in a month, under which clause, on which terms.

It imports `practice`, `cases`, `law` and the packages below; the market imports it.
"""
