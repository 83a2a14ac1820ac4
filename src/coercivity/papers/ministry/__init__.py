"""What a ministry reads: public money, and strategies.

It imports `papers.shared`, `ministry` and what lies below.
"""
