"""One module per group of commands.

It imports `verbs`, `base` and the root of `cli`; `serve` also imports `http` and `web` to start them.
"""
