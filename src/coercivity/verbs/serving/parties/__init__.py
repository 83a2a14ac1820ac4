"""Screenings on the screens: names and lists of a request, pairs with their judgements, files to download.

It imports the rest of `verbs` and what lies below it.
"""
