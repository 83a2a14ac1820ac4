"""Words before and after the name of a party: labels and titles, company forms, branches and departments."""
