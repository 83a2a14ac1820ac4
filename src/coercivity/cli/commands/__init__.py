"""One module for each group of commands.

It imports `verbs`, `base` and the root of `cli`; `serve` also `http` and `web`, to start them.
"""
