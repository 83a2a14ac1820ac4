"""Whether technology or materials are the bottleneck outside China: four runs of the market compared.

It imports `ensemble`, `market` and the packages below, and no other room of `ministry`.
"""
