"""Table files as they come in practice: streams CSV, XLSX, Parquet and Arrow, and loses no row.

It imports `base` only.
"""
