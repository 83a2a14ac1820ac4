"""Jurisdictions of instruments, and the choice of one or several.

May import: base, data, and the modules of law.rules below the loader.
"""
