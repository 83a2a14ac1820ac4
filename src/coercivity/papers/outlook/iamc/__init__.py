"""An outlook as an IAMC long table."""
