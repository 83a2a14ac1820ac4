"""A model run: scenario, drivers, plants, rolling horizon.

It imports `market.program`, `market.network`, `market.inputs`, `permission`, `cases.arguments` and `law.rules`.
"""
