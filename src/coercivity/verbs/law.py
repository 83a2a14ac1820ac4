"""The law that a verb is asked of, as its argument `law`."""

from coercivity.cases.arguments import PACKED, Law

__all__ = ["PACKED", "Law"]
