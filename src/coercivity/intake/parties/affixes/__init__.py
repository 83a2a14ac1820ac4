"""What stands before and behind the name of a party: labels and titles, company forms, branches and departments."""
