"""The rules: model, loader, user-supplied notices, statuses by two dates, working days, conditions, their evaluator.

It imports `base` and `data`, no other folder of `law`.
"""
