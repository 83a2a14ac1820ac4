"""The law as dated data: statuses by two dates, decisions, their explanation and their consequences.

It imports `base` and `data`; its folders import in this order: rules, engine, explain, consequences, columnar.
The independent re-check, `recheck`, is separate from all of them.
"""
