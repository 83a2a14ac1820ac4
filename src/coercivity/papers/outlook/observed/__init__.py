"""The section of an outlook on the observed months from which it starts."""
