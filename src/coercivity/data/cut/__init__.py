"""Cuts: the packs without what was not known on a day, how rows are dated, and what a cut removes.

`packs` imports only `dating`; the others import `packs`.
"""
