"""Commands about parties: who a name is, what a person decided, who owns whom.

It imports `verbs`, `base` and the root of `cli`.
"""
