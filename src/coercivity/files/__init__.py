"""Tables as they come: CSV, XLSX, Parquet and Arrow, read in a stream, with no row lost."""
