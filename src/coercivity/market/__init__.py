"""The market: goods, activities, regions as one linear programme a month; duals are prices and carry their clause."""
