"""Listed names by keys and hashes, so that a name meets the few it may be and is never compared with all of them.

It imports `intake.parties.likeness`, `names` and `scripts`.
"""
