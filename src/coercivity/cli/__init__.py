"""The command line: arguments in, text out; one module for each group of commands.

It imports `verbs` and `base`, and `web` and `http` only to start them.
"""
