"""One function per verb: plain arguments in, a typed result out. The only interface for `cli`, `web` and `http`.

It imports everything below it; `cli`, `web` and `http` import only it and `base`. This module imports only types, so
that the command line can show its help without loading a verb; defaults that several of them show are defined here.
"""

from typing import Literal, get_args

AS_KNOWN = "as-known"  # scenario: the rules as published
PART_ROWS = 200_000  # rows of a batch that a worker processes at a time
# Of the cost of a clause: as practised, with a single licence for every shipment, or both beside each other.
GeneralLicences = Literal["with", "without", "both"]
GENERAL_LICENCES: tuple[GeneralLicences, ...] = get_args(GeneralLicences)
