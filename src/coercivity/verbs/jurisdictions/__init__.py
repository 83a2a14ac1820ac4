"""Deals under the law of several jurisdictions at once: one answer for each, the most restrictive first.

It imports what `verbs` may import, and of the verbs beside it `answers`, `replay`, `rules` and `texts`.
"""
