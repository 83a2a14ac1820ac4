from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceMark:
    start: int
    end: int
    country: str
    kind: str = ""
    relation: str = "plain"


def marks_of_places(f):
    return ()
