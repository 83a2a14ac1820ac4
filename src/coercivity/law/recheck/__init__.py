"""The independent re-check: reads the same files and re-derives a result from its proof.

It shares values and files with the engine, but no code: it imports only `base` and `data`.
"""
