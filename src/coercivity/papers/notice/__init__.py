"""A notice beside a draft of it, as text for a terminal and in pieces for a page.

It imports `base`, `data`, `law`, `intake.notices` and `papers.shared`.
"""
