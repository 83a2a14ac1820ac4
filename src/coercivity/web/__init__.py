"""The screens: server-rendered pages over `verbs`, a folder a screen.

It imports `verbs` and `base`, and `http` only to mount it.
"""
