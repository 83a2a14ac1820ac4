"""One deal, a file of deals, a case folder: facts gathered, decided, replayed, compared.

It imports `intake`, `law` and what lies below, and never `practice`.
"""
