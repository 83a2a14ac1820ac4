"""Terms of the trade and their places in a text: folded tokens, entries, marks.

It imports `base`, `data`, `law.rules` and `goods` of `intake`, and `results` of `intake.words`.
"""
