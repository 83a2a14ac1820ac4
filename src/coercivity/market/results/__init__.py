"""Tables of a run, the price gap by clause, the range of a dual, welfare.

It imports the other folders of `market`, `base_year` aside.
"""
