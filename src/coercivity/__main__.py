"""`python -m coercivity`."""

from coercivity.cli.app import run

run()
