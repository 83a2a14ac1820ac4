"""The glossary: its terms, the search for a term, and the page of the docs.

It imports `papers.shared` and what lies below `papers`.
"""
