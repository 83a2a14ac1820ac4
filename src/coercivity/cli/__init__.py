"""The command line: parses arguments and prints text; one module per group of commands.

It imports `verbs` and `base`, and `web` and `http` only to start the server.
"""
