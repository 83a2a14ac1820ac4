"""One function for each verb: plain arguments in, a typed result out. The only door for the skins.

It imports everything below it; no skin imports anything else but `base`.
"""
