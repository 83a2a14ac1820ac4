"""The rules: model, loader, overlays, status on two clocks, working days, condition trees and their evaluator.

It imports `base` and `data`, no other folder of `law`.
"""
