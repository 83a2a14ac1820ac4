"""Tables as they really come: CSV, XLSX, Parquet and Arrow, read in a stream, with no row lost.

It imports `base` alone.
"""
