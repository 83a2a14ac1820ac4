"""Projects, plants and closures outside China.

It imports the market programme and the inputs of the market.
"""
