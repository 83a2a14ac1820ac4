"""coercivity: may this go, on this date; and what do the rules do to supply.

The names below are imported when they are first used, so that `import coercivity` costs next to nothing:

>>> import coercivity
>>> facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr", "Dy"]}
>>> answer = coercivity.decide({**facts, "from": "CN", "to": "DE"}, on="2025-08-15")
>>> answer.outcome.value
'LICENCE'
>>> table = {"id": ["a", "b"], "material": ["NdFeB magnets", "ferrite magnets"], "composition": ["Nd 30 %, Dy 2 %", ""]}
>>> frame = coercivity.batch({**table, "from": ["CN", "CN"], "to": ["DE", "DE"]}, on="2025-08-15")
>>> frame["outcome"].to_list()
['LICENCE', 'UNKNOWN']

`coercivity.batch("extract.csv", out="out")` does the same with a file of any size. `outlook`, `clause_price`,
`survive`, `clock` and `brief` are the verbs of the same names, with plain data in what they give.
"""

import sys

# `python -m coercivity` puts the folder where it is started before Python's own library. It is taken off before
# anything else is imported, `__future__` too, so that a file there that is named `json.py` is never run.
if sys.argv[:1] == ["-m"] and any(word.removeprefix("-m").split(".")[0] == "coercivity" for word in sys.orig_argv):
    sys.path[:] = sys.path if sys.flags.safe_path else sys.path[1:]

from typing import TYPE_CHECKING, Any

from coercivity.base.version import ENGINE_VERSION

if TYPE_CHECKING:
    from coercivity.base.errors import CoercivityError
    from coercivity.verbs.api import batch
    from coercivity.verbs.batch import TableAsked
    from coercivity.verbs.brief import brief
    from coercivity.verbs.clause_price import clause_price
    from coercivity.verbs.clock import clock
    from coercivity.verbs.decide import decide
    from coercivity.verbs.outlook import outlook
    from coercivity.verbs.survive import survive

__version__ = ENGINE_VERSION
__all__ = [
    "CoercivityError",
    "TableAsked",
    "__version__",
    "batch",
    "brief",
    "clause_price",
    "clock",
    "decide",
    "outlook",
    "survive",
]

_HOMES = {
    "CoercivityError": "coercivity.base.errors",
    "TableAsked": "coercivity.verbs.batch",
    "batch": "coercivity.verbs.api",
    "brief": "coercivity.verbs.brief",
    "clause_price": "coercivity.verbs.clause_price",
    "clock": "coercivity.verbs.clock",
    "decide": "coercivity.verbs.decide",
    "outlook": "coercivity.verbs.outlook",
    "survive": "coercivity.verbs.survive",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
