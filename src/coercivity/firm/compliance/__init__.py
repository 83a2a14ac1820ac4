"""What compliance costs: filings, time, people, hours, fees and money tied up, with and without a second vendor.

It imports `firm.company`, `firm.line_stop` (days to a grant), `workbooks`, `data` and `base`. What the law says comes
as transfers.
"""
