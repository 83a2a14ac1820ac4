"""The ownership of a company in words: reasons, steps, near misses, what would settle an unknown.

It imports `papers.shared` and the layers below; the verb `ownership` imports it.
"""
