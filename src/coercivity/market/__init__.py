"""The market: goods, activities and regions as one linear programme a month; duals are prices, law rows carry their clause."""
