"""The pipeline of projects outside China: what public money for each is worth in the market, by draw and legal path.

It imports `ensemble`, `market` and `ministry.fund`; nothing of `papers` or `verbs`.
"""
