"""Packs (the rulebook and the data sets): YAML read as text, tables with schema and sources, and the list of facts.

It imports `base` only.
"""
