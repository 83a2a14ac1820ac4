"""The second reader: reads the same files and re-derives an answer from its proof.

It shares values and files with the engine, never code: it imports `base` and `data` alone.
"""
