"""One function for each verb: plain arguments in, a typed result out. The only door for the skins.

It imports everything below it; no skin imports anything else but `base`. This module imports nothing, so that the
command line can show its help without loading a verb: defaults of arguments that several doors show are here.
"""

AS_KNOWN = "as-known"  # scenario of the law as published
PART_ROWS = 200_000  # rows of a batch that one worker decides at a time
