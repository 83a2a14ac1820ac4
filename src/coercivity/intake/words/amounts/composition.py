from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shares:
    statements: tuple = ()
    evidence: tuple = ()


def shares_in(f):
    return Shares()
