"""The text of a notice beside a draft of it: which words say a value of the draft, and what the draft leaves out.

May import: base, data, law.rules, intake.words and below. It decides nothing.
"""
