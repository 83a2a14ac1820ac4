"""State estimation: stocks and goods under way in past months, from balances and observed flows only.

It imports the rows and series of `observations`, the market and its least squares.
"""
