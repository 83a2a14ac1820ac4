"""Shared parts of the servers: uploads, jobs in separate processes, refusals and request models.

It imports the other `verbs` and what lies below them; of the web framework only requests, forms and its error.
"""
