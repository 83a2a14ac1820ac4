"""Programs for those who work on coercivity: installation, bill of materials, checks of commits."""
