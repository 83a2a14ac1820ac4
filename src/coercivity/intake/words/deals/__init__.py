"""The deals of a text: their kind, their item or deed, their places, and where the words leave doubt.

It imports `amounts`, `goods`, `lexicon`, `places` and the pieces of `intake.words`, and `goods` of `intake`.
"""
