"""One run solved, and its output by stage: what is kept between runs, so its files are part of the keys.

It imports `ensemble`, `market` and the packages below, and nothing else of `ministry`.
"""
