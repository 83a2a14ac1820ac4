"""Parameters from what was observed: prior design, response surface, posterior in two stages, what moved them.

It imports `ensemble` and below.
"""
