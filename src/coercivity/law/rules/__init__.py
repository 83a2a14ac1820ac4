"""The rules: model, loader, custom notices, statuses by two dates, working days, condition trees and their evaluator.

It imports `base` and `data`, no other folder of `law`.
"""
