"""The law as dated data: status on two clocks, decisions, their explanation and their consequences.

Folders import in this order: rules, engine, explain, consequences, columnar; recheck stands apart from all of them.
"""
