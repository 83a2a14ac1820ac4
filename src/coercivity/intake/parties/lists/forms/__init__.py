"""The forms in which lists of parties come: tables, the consolidated list of the US, FollowTheMoney.

It imports the rest of `intake.parties.lists` but `read`.
"""
