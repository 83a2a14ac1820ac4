"""Names to facts: screening of the packed party lists."""
