"""The tables of the packs as a data package."""
