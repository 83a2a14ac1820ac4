"""Commands on what observations say of the market model.

They import `cli`, `verbs` and `base`.
"""
