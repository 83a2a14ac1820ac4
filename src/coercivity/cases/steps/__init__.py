"""Where each step of a magnet was done, by whose word and on which evidence; never one origin.

It imports `law`, `data` and the packages below them.
"""
