"""What the law says of the options of a mix and of its stock, each at its date; only lawful ones are chosen from.

It imports `firm.company`, `firm.line_stop`, `firm.mix`, `firm.chain`, `cases` and `law`.
"""
