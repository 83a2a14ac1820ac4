"""What several papers need: templates, calendar entries.

It imports `base` alone.
"""
