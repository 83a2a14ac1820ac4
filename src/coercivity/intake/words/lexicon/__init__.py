"""Terms of the trade and where they stand in a text: folded tokens, entries, marks.

It imports `base`, `data`, `law.rules` and `goods` of `intake`, and `results` of `intake.words`.
"""
