"""What several papers need: names of clauses, parts of law and practice as plain data, templates, calendar entries.

It imports the packages below `papers`, and no other folder of it.
"""

from pathlib import Path

TEMPLATES = Path(__file__).parents[1] / "templates"
