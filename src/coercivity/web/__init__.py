"""The screens: server-rendered pages over `verbs`, one folder per screen.

It imports `verbs` and `base`, and `http` only to mount it.
"""
