"""Tables of a run, the price gap by clause, the range of a price, net effects by party.

It imports the other folders of `market`, except `base_year`.
"""
