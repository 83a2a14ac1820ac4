"""Words before and after the name of a party: labels and titles, company forms, branches and departments.

It imports `intake.parties.names`, `likeness.lexicon` and the packages below `intake`.
"""
