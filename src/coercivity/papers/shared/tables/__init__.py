"""Results as tables for programs: data frames by name, and the IAMC long table."""
