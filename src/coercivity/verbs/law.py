"""The rulebook that a verb uses, as its argument `law`."""

from coercivity.cases.arguments import PACKED, Law

__all__ = ["PACKED", "Law"]
