"""A deal, a file of deals, a case folder: facts gathered, decided, checked again and compared.

It imports `intake`, `law` and the packages below them, and never `practice`.
"""
