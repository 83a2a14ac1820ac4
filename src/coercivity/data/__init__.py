"""Packs: text-only YAML, column tables with schema, sources and quality, and the fact catalogue.

It imports `base` alone.
"""
