"""State estimation: stocks and goods under way in past months, from balances and observed flows only."""
