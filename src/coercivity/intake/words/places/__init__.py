"""Countries, cities and nationalities in a text, and what each is to the deal: where from, where to, whose people.

It imports `base` and, of `intake.words`, the folded text and the strengths.
"""
