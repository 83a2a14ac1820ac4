"""Runs of draws: one draw in a worker, many over any executor, and what is kept of them.

It imports one draw and the market; results and verbs import it.
"""
