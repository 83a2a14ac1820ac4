"""What a company can do about a stop, with the effect of each action, and by when it must act.

It imports `firm.company`, `firm.chain` (names of stages), what `firm.line_stop` says of stops, and `base`.
"""
