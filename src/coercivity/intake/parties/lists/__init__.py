"""Lists of parties: what the built-in ones contain, and those of a user read and written.

It imports the rest of `intake.parties` but its screening, and the packages below.
"""
