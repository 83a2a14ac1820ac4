"""Who owns whom: files of stakes as graphs, and what the ownership rule of each regime makes of them.

It imports `base`, `data`, `law` and `intake.parties`; `intake.cells` and all layers above may import it.
"""
