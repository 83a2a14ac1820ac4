"""What was reported and when it was known, the figures of the model that it means, and how far the two may differ.

It imports `market` and the packages below. `ensemble` and the packages above may import it.
"""
