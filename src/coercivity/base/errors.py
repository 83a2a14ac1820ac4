"""The error type for invalid input; it carries all faults of one input at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from coercivity.base.words import plain


class Argument(str):
    """The name of the argument in which a fault was found; the command line adds dashes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in an input.

    Attributes:
        code: Short stable code, listed in `docs/errors.md`.
        what: What is wrong and what was expected.
        where: File and line, row and column, or fact; or an `Argument`.
        nearest: The nearest valid names, best first.
        next: What to do next.

    Examples:
        >>> coercivity.Fault("DATE", "the date does not exist", "row 7", next="correct it").lines()
        ['row 7: DATE: the date does not exist', '    next: correct it']
    """

    code: str
    what: str
    where: str = ""
    nearest: tuple[str, ...] = ()
    next: str = ""

    @classmethod
    def from_dict(cls, plain: Mapping[str, str | list[str]]) -> Fault:
        """Returns the fault from the output of `as_dict`."""
        code, what, where, step = (str(plain[name]) for name in ("code", "what", "where", "next"))
        return cls(code, what, where, tuple(plain["nearest"]), step)

    def lines(self) -> list[str]:
        """Returns the fault as lines of plain text; user input in it cannot control the terminal."""
        head = f"{self.code}: {self.what}"
        out = [head if not self.where else f"{self.where}: {head}"]
        if self.nearest:
            out.append("    nearest: " + ", ".join(self.nearest))
        if self.next:
            out.append("    next: " + self.next)
        return [plain(line) for line in out]

    def as_dict(self) -> dict[str, str | list[str]]:
        """Returns the fault as plain data for JSON."""
        return {
            "code": self.code,
            "what": self.what,
            "where": self.where,
            "nearest": list(self.nearest),
            "next": self.next,
        }


class CoercivityError(Exception):
    """Raised for invalid input; never for a result.

    Attributes:
        faults: All faults found in the input, in input order.

    Examples:
        >>> try:
        ...     coercivity.decide({"act": "good"}, on="2025-08-15")
        ... except coercivity.CoercivityError as error:
        ...     error.faults[0].code, error.faults[0].nearest
        ('FACT-VALUE', ('goods',))
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.text())

    def __reduce__(self) -> tuple[type[CoercivityError], tuple[tuple[Fault, ...]]]:
        """Keeps the faults when the error comes from another process."""
        return type(self), (self.faults,)

    @classmethod
    def of(
        cls,
        code: str,
        what: str,
        *,
        where: str = "",
        nearest: Iterable[str] = (),
        next: str = "",
    ) -> CoercivityError:
        """Returns an error with a single fault."""
        return cls([Fault(code, what, where, tuple(nearest), next)])

    @property
    def code(self) -> str:
        """Code of the first fault."""
        return self.faults[0].code if self.faults else ""

    def text(self) -> str:
        """Returns all faults as plain text, one block each."""
        return "\n".join(line for fault in self.faults for line in fault.lines())


class Faults:
    """Collects the faults of one input so that they are reported together."""

    def __init__(self) -> None:
        self.items: list[Fault] = []

    def add(
        self,
        code: str,
        what: str,
        *,
        where: str = "",
        nearest: Iterable[str] = (),
        next: str = "",
    ) -> None:
        """Adds one fault."""
        self.items.append(Fault(code, what, where, tuple(nearest), next))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Collects the faults raised inside the block, so that the rest of an input is read too."""
        try:
            yield
        except CoercivityError as error:
            self.items += error.faults

    def raise_if_any(self) -> None:
        """Raises all faults collected so far.

        Raises:
            CoercivityError: If at least one fault was added.
        """
        if self.items:
            raise CoercivityError(self.items)


def nearest(name: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Returns the known names most similar to `name`, best first; on a tie, those with its first letter."""
    pool, key = sorted(set(known)), name.casefold()
    folded = {entry.casefold(): entry for entry in reversed(pool)}
    alike = difflib.SequenceMatcher(b=key)

    def rank(entry: str) -> tuple[float, bool, str]:
        alike.set_seq1(entry)
        return -alike.ratio(), entry[:1] != key[:1], entry

    found = difflib.get_close_matches(key, list(folded), n=max(len(folded), 1), cutoff=0.5)
    return tuple(folded[entry] for entry in sorted(found, key=rank)[:most])


def brief_value(value: object, *, longest: int = 60) -> str:
    """Returns a value shortened for a message, so that a long cell does not fill the screen."""
    text = str(value)
    return text if len(text) <= longest else f"{text[:longest]}... ({len(text)} characters)"
