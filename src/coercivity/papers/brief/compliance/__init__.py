"""What compliance costs, in a report on a case: its report data, and the section that is printed.

It imports `firm.compliance`, the report data of `papers.brief`, and `papers.shared`.
"""
