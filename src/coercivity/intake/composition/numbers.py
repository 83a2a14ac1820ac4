"""Numbers as people write them: decimal commas, thousands separators, trailing signs, and ambiguous forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coercivity.intake.composition.flat import flat

LONGEST_NUMBER = 40
_QUICK = re.compile(r"\d{1,30}(?:\.\d{1,12})?\Z", re.ASCII)
_ABOUT = re.compile(
    r"(?:approximately|approx\.?|about|circa|ca\.?|etwa|ungefähr|大约|大約|约|約|およそ|~|≈|±)\s*", re.I
)
_SHAPE = re.compile(r"([+-]?)\s*((?:\d|[.,](?=\d))[\d.,' ]*)(?:[eE]([+-]?\d{1,2}))?\s*(-?)\Z", re.ASCII)
_BLANKS = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?\Z", re.ASCII)
_THREE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z", re.ASCII)
_FORM = "write digits with a decimal point: 1200.50"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, with how it was interpreted.

    Attributes:
        about: Whether the text says that it is only approximate.
    """

    value: Decimal
    notes: tuple[str, ...] = ()
    about: bool = False


def read_number(text: str, *, decimal: str = "") -> Number:
    """Returns the number that a text states.

    Args:
        text: The text, without unit.
        decimal: The decimal separator if known, `,` or `.`; it settles 1,234 and 1.234.

    Raises:
        ValueError: If the text is not a number, or one that is not finite or too long.
    """
    if decimal != "," and _QUICK.match(text):
        return Number(Decimal(text))
    whole = flat(text)
    notes: list[str] = []
    if whole != text.strip() and any(sign.isdigit() and not sign.isascii() for sign in text):
        notes.append("full-width digits")
    rest = _ABOUT.sub("", whole, count=1) if _ABOUT.match(whole) else whole
    about = rest != whole
    if about:
        notes.append("stated as approximate")
    bracketed = rest.startswith("(") and rest.endswith(")") and len(rest) > 2
    shape = _SHAPE.match(rest[1:-1] if bracketed else rest) if len(rest) <= LONGEST_NUMBER else None
    if shape is None:
        raise ValueError(f"not a number; {_FORM}")
    sign, body, power, behind = shape.groups()
    if (bool(sign) + bool(behind) + bracketed) > 1:
        raise ValueError(f"two signs; {_FORM}")
    digits, note = _digits(body.strip(), decimal)
    if note:
        notes.append(note)
    value = Decimal(digits)
    if power:
        value = value.scaleb(int(power))
        notes.append(f"{brief(whole)} interpreted as {value:f}")
    if sign == "-" or behind or bracketed:
        value = -value
    return Number(value, tuple(notes), about)


def two_readings(text: str) -> tuple[Decimal, Decimal] | None:
    """Returns both numbers that a text may state, the smaller first; None if it is not ambiguous.

    A point or a comma before exactly three digits separates thousands or begins decimals: 1.200 is 1.2 or 1200.
    """
    whole = flat(text).strip()
    if not _THREE.match(whole):
        return None
    head, _, tail = whole.replace(",", ".").partition(".")
    return Decimal(f"{head}.{tail}"), Decimal(head + tail)


def brief(text: str) -> str:
    """Returns a text shortened for a note."""
    return text if len(text) <= 40 else f"{text[:40]}..."


def _digits(body: str, decimal: str) -> tuple[str, str]:
    """Returns digits with a decimal point, and how the separators were interpreted."""
    commas, points = body.count(","), body.count(".")
    if " " in body or "'" in body:
        if not _BLANKS.match(body):
            raise ValueError(f"digits in groups that are not of three; {_FORM}")
        joined = body.replace(" ", "").replace("'", "")
        return joined.replace(",", "."), "thousands separated" + (", decimal comma" if commas else "")
    if commas and points:
        point = "," if body.rfind(",") > body.rfind(".") else "."
        return _grouped(body, point), "decimal comma" if point == "," else "comma as thousands separator"
    if commas > 1 or points > 1:
        return _grouped(body + "!", "!").rstrip("."), f"{'comma' if commas else 'point'} as thousands separator"
    if commas:
        return _one_comma(body, decimal)
    if decimal == "," and _THREE.match(body):
        return body.replace(".", ""), "point as thousands separator, from the option decimal"
    return body, ""


def _grouped(body: str, point: str) -> str:
    """Returns digits whose thousands are in groups of three before a single decimal separator."""
    whole, _, part = body.partition(point)
    groups = re.split(r"[.,]", whole)
    sound = (
        body.count(point) == 1
        and len({sign for sign in whole if sign in ".,"}) <= 1
        and 1 <= len(groups[0]) <= 3
        and all(len(group) == 3 for group in groups[1:])
        and part.isdigit() | (part == "")
    )
    if not sound:
        raise ValueError(f"commas and points that do not form one number; {_FORM}")
    return f"{''.join(groups)}.{part}" if part else "".join(groups)


def _one_comma(body: str, decimal: str) -> tuple[str, str]:
    whole, _, part = body.partition(",")
    if not part:
        raise ValueError(f"no digits after the comma; {_FORM}")
    if _THREE.match(body) and decimal != ",":
        told = "a comma before exactly three digits separates thousands; the option decimal overrides this"
        return whole + part, f"{body} interpreted as {whole}{part}: {told}"
    return f"{whole or '0'}.{part}", "decimal comma"
