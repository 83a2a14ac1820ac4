"""Decisions become permissions: what a flow or a plant may do in a month, by which clause, on which terms.

It imports `practice`, `cases`, `law` and what lies below; the market imports it.
"""
