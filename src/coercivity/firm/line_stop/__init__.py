"""When a line stops: by plant, part, element, supplier and clause, and with which chance.

It imports `firm.company`, `firm.chain` (names of stages), `law`, `cases`, `intake`, `data` and `base`, and no other
room of `firm`.
"""
