"""The law as dated data: status on two clocks, decisions, their explanation and their consequences.

It imports `base` and `data`; its folders import in this order: rules, engine, explain, consequences, columnar.
The second reader, `recheck`, stands apart from all of them.
"""
