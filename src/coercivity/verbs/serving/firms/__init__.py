"""Workbooks of companies on a server: files that are kept, and models of the API.

It imports the rest of `verbs` and what lies below it.
"""
