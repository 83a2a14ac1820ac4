"""Whether technology or materials are the bottleneck outside China, as data, text, page and files.

It imports `ministry.bottleneck`, `papers.shared` and `base`.
"""
