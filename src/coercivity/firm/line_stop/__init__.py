"""When a line stops: by plant, part, element, supplier and clause, and with which chance.

It imports `firm.company`, `law`, `cases`, `intake`, `data` and `base`, and no other room of `firm`.
"""
