"""Speed, measured by `make bench`; never in a timed test."""
