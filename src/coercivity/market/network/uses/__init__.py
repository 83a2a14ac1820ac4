"""Uses: demand curves, devices, elasticities, and other designs.

It imports `market.network` and `market.inputs`.
"""
