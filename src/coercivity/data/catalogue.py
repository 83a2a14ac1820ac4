"""The list of facts: the one table behind forms, prompts, columns, checks and the documentation of facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from coercivity.base.days import parse_day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.exact import Interval, exact_text, parse_exact
from coercivity.base.words import bare
from coercivity.data.fact_words import NO, YES, contrary_words, fold, value_words
from coercivity.data.numbers import cas_number, control_code
from coercivity.data.schema import FlagText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import TextList, TextMap, load_file
from coercivity.data.values import ANY_COUNTRY, FactValue, SetValue, plain_value

FactType = Literal["flag", "choice", "set", "number", "share", "date", "party", "country", "text"]
UNKNOWN_WORD = "unknown"
MORE, NOT = "...", "not "  # in a set: `...` means that there may be more members, `not x` that x is not a member
LONGEST_TEXT = 500
LONGEST_WORD = 80
_NUMBERS: dict[str, tuple[Callable[[str], str], str]] = {
    "cas": (cas_number, "copy it from the safety data sheet, e.g. 298-07-7; write unknown if you do not know it"),
    "control_code": (control_code, "write it as printed in the list, e.g. 2B104"),
}


class Contradiction(Strict):
    """What contradicts a benign answer.

    Attributes:
        stated: Condition tree that the facts of the deal certainly satisfy.
        within: Condition tree that they must not certainly fail; absent means any deal.
    """

    stated: object
    within: object = None


class FactSpec(Strict):
    """One fact: its type, allowed values, question, and whether it applies to every deal.

    Attributes:
        values: Allowed values with their meaning (choice and set).
        open: The list of values in the law is not exhaustive; `other` stands for the rest.
        members: Of a set without values of its own: its members are country codes.
        scenario: A question about the law, not the deal: what became of a rule. Its values are planning scenarios.
        format: Format that a text value is normalised to, such as a CAS number.
        standing: A compliance declaration: asked for every deal, answered once in a `standing:` block.
        benign: The answer to a compliance declaration that triggers no rule.
        asked_where: `in_play` (only if a rule depends on it) or a condition tree; absent means always.
        contradicted_by: What a deal can state for itself that overrides the benign answer given once for a whole
            file.
    """

    name: Plain
    type: FactType
    values: dict[str, Words] = {}
    open: FlagText = False
    members: Literal["country"] | None = None
    scenario: FlagText = False
    unit: str = ""
    format: Literal["cas", "control_code"] | None = None
    range: list[str] = []
    question: Words
    help: Words | None = None
    synonyms: list[str] = []
    value_synonyms: dict[str, str] = {}
    example: object
    standing: FlagText = False
    benign: object = None
    asked_where: object = None
    contradicted_by: list[Contradiction] = []
    derived: str = ""
    note: Words | None = None


class Country(Words):
    """Names of a country.

    Attributes:
        also: Other names, long and short, for which a message suggests the code.
    """

    also: list[str] = []


class FactCatalogue(Mapping[str, FactSpec]):
    """All facts by name, in the order in which a form asks for them."""

    def __init__(self, specs: list[FactSpec], countries: Mapping[str, Country]) -> None:
        self._specs = {spec.name: spec for spec in specs}
        self.countries = countries
        self.order = {spec.name: rank for rank, spec in enumerate(specs)}
        self.synonyms = {synonym: spec.name for spec in specs for synonym in spec.synonyms}
        self.standing = tuple(spec.name for spec in specs if spec.standing)

    def __getitem__(self, name: str) -> FactSpec:
        return self._specs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @cached_property
    def _called(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, spec in self._specs.items():
            for word in (name, *spec.synonyms):
                found.setdefault(fold(word), []).append(name)
        return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}

    def named(self, word: str) -> tuple[str, ...]:
        """Returns the facts that a word names: its name or a synonym, whatever its case, blanks and hyphens.

        Several facts are an error of whoever wrote the word.
        """
        return (word,) if word in self._specs else self._called.get(fold(word[:LONGEST_WORD]), ())

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the facts that ask what became of a rule."""
        return tuple(name for name, spec in self._specs.items() if spec.scenario)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Returns the fact names most like `name`; a synonym gives its fact."""
        found = nearest(name, [*self._specs, *self.synonyms])
        return tuple(dict.fromkeys(self.synonyms.get(entry, entry) for entry in found))

    def parse(self, name: str, raw: object, *, where: str, faults: Faults) -> FactValue | None:
        """Parses the value of one fact, or returns None if it is unknown or invalid.

        Args:
            name: Fact name.
            raw: Text, or a list of texts (a set, or the two ends of a number range).
            where: Location for messages.
            faults: Collects every error found.
        """
        spec = self._specs.get(name)
        if spec is None:
            faults.add(
                "FACT-UNKNOWN",
                f"fact {brief_value(name)!r} not found",
                where=where,
                nearest=self.nearest(name[:80]),
                next="run `coercivity facts` for the full list",
            )
            return None
        if raw == UNKNOWN_WORD:
            return None
        if isinstance(raw, str) and raw.strip().casefold() == UNKNOWN_WORD:
            what = f"{brief_value(raw)!r} is not a valid way to mark a fact as unknown"
            faults.add("FACT-VALUE", what, where=f"{where}: {name}", nearest=(UNKNOWN_WORD,), next="write unknown")
            return None
        return _PARSERS[spec.type](self, spec, raw, f"{where}: {name}", faults)

    def benign_answers(self) -> dict[str, FactValue]:
        """Returns, for each fact that has one, the answer that triggers no rule."""
        faults = Faults()
        found = {}
        for name in (name for name, spec in self._specs.items() if spec.benign is not None):
            value = self.parse(name, self._specs[name].benign, where="catalogue", faults=faults)
            if value is not None:
                found[name] = value
        faults.raise_if_any()
        return found


def _meant(text: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Returns the value meant by `text`, ignoring case, accents and punctuation, or else the nearest ones."""
    folded: dict[str, list[str]] = {}
    for word, values in words.items():
        folded.setdefault(_folded(word), []).extend(values)
    text = text[:LONGEST_WORD]
    found = folded.get(_folded(text)) or [value for word in nearest(text, words) for value in words[word]]
    return tuple(dict.fromkeys(found))


def _folded(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", bare(text).replace("&", " and ").replace(".", "")).split()
    return "".join(words[1:] if words[:1] == ["the"] else words)


def nearest_country(countries: Mapping[str, Country], name: str) -> tuple[str, ...]:
    """Returns the codes of the countries called `name`, or of those with the most similar names."""
    words: dict[str, tuple[str, ...]] = {code: (code,) for code in countries}
    for code, country in countries.items():
        for word in (*country.as_dict().values(), *country.also):
            words[word] = (*words.get(word, ()), code)
    return _meant(name, words)


def _not_allowed(spec: FactSpec, raw: object, known: list[str], where: str, faults: Faults) -> None:
    words = {**{value: value for value in known}, **spec.value_synonyms}
    several = value_words(spec.values, spec.value_synonyms).get(fold(str(raw)[:LONGEST_WORD]), ())
    close = several if len(several) > 1 else _meant(str(raw), {word: (value,) for word, value in words.items()})
    faults.add(
        "FACT-VALUE",
        f"{brief_value(raw)!r} is not a valid value of {spec.name}"
        if len(several) < 2
        else f"{brief_value(raw)!r} may mean several values of {spec.name}",
        where=where,
        nearest=close,
        next=f"run `coercivity facts {spec.name}` for the values; omit it, or write unknown, if you do not know",
    )


def _flag(_: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    if raw in ("true", "false"):
        return bool(raw == "true")
    word = bare(str(raw)[:LONGEST_WORD]).strip()
    meant = "true" if word in YES else "false" if word in NO else ""
    faults.add(
        "FACT-VALUE",
        f"{brief_value(raw)!r} is not true or false",
        where=where,
        nearest=(meant,) if meant else ("true", "false"),
        next="write true or false; omit it, or write unknown, if you do not know",
    )
    return None


def _choice(_: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    if isinstance(raw, str) and raw in spec.values:
        return raw
    _not_allowed(spec, raw, list(spec.values), where, faults)
    return None


def raw_set(value: SetValue) -> list[str]:
    """Returns a set as a file writes it: members, `not x` for non-members, `...` where there may be more."""
    held = sorted(value.has)
    return held if value.complete else [*held, *(f"{NOT}{name}" for name in sorted(value.lacks)), MORE]


def raw_value(value: FactValue | None) -> str | list[str]:
    """Returns a value as a file writes it: text, or a list for a set and for a range; None is stated as unknown."""
    if value is None:
        return UNKNOWN_WORD
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, SetValue):
        return raw_set(value)
    if isinstance(value, Interval) and value.low != value.high:
        return [exact_text(value.low), exact_text(value.high)]
    return str(plain_value(value))


def _set(catalogue: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    if not isinstance(raw, list):
        example = ", ".join(spec.example) if isinstance(spec.example, list) else spec.example
        faults.add("FACT-VALUE", f"expected a list, found {brief_value(raw)!r}", where=where, next=f"write [{example}]")
        return None
    named = [_member(entry) for entry in raw if entry != MORE]
    bad = [entry for entry, _ in named if not isinstance(entry, str) or (spec.values and entry not in spec.values)]
    for entry in bad:
        if str(entry).strip().casefold() == UNKNOWN_WORD:
            what = f"{brief_value(entry)!r} is not allowed as a member of {spec.name}"
            faults.add(
                "FACT-VALUE", what, where=where, next=f"write `{spec.name}: unknown` if the whole set is unknown"
            )
        else:
            _not_allowed(spec, entry, list(spec.values), where, faults)
    if spec.members == "country":
        bad += [entry for entry, _ in named if _country(catalogue, spec, entry, where, faults) in (None, ANY_COUNTRY)]
        if any(entry == ANY_COUNTRY for entry, _ in named):
            what = f"{ANY_COUNTRY} names no country of {spec.name}"
            faults.add("FACT-VALUE", what, where=where, next=f"write {MORE} where a country is not known")
    if bad:
        return None
    has, lacks = (frozenset(str(entry) for entry, out in named if out is wanted) for wanted in (False, True))
    if has & lacks or (lacks and MORE not in raw):
        what = f"{brief_value(raw)!r} both includes and excludes a value, or excludes one from a complete list"
        faults.add(
            "FACT-VALUE", what, where=where, next=f"use `{NOT}x` only with `{MORE}`, which marks the list as incomplete"
        )
        return None
    return SetValue(has, lacks, complete=MORE not in raw)


def _member(entry: object) -> tuple[object, bool]:
    """A member of a set and whether it is excluded."""
    if isinstance(entry, str) and entry.startswith(NOT):
        return entry[len(NOT) :].strip(), True
    return entry, False


def _number(_: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    ends = raw if isinstance(raw, list) else [raw]
    try:
        texts = [end for end in ends if isinstance(end, str)]
        if len(ends) not in (1, 2) or len(texts) < len(ends):
            raise ValueError("expected a number or a range [low, high]")
        low, high = parse_exact(texts[0]), parse_exact(texts[-1])
        value = Interval(low, high)
        if spec.range and not parse_exact(spec.range[0]) <= low <= high <= parse_exact(spec.range[1]):
            unit = " (shares are fractions: 0.1 percent is 0.001)" if spec.type == "share" else ""
            raise ValueError(f"outside {spec.range[0]} to {spec.range[1]}{unit}")
        if spec.type == "number" and low < 0 and spec.unit != "degC":
            raise ValueError("must not be negative")
    except ValueError as error:
        faults.add("FACT-VALUE", f"{brief_value(raw)!r}: {error}", where=where, next=f"unit: {spec.unit or 'fraction'}")
        return None
    return value


def _date(_: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    try:
        return parse_day(str(raw))
    except ValueError as error:
        faults.add("DATE", str(error), where=where, next="write the date as YYYY-MM-DD")
        return None


def _country(catalogue: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    if isinstance(raw, str) and raw in catalogue.countries:
        return raw
    faults.add(
        "FACT-VALUE",
        f"{brief_value(raw)!r} is not a country code",
        where=where,
        nearest=nearest_country(catalogue.countries, str(raw)),
        next="use ISO 3166 alpha-2; XX means an unnamed country other than China",
    )
    return None


_HALF_SIGNS = re.compile("[\\ud800-\\udfff]")


def _text(_: FactCatalogue, spec: FactSpec, raw: object, where: str, faults: Faults) -> FactValue | None:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST_TEXT:
        what = f"expected text of 1 to {LONGEST_TEXT} characters, found {brief_value(raw)!r}"
        faults.add("FACT-VALUE", what, where=where)
        return None
    if _HALF_SIGNS.search(raw):
        what = f"{brief_value(raw)!r} has half a character, which no file can hold"
        faults.add("FACT-VALUE", what, where=where, next="type the text again")
        return None
    if spec.format is None:
        return raw
    parse, advice = _NUMBERS[spec.format]
    try:
        return parse(raw)
    except ValueError as error:
        faults.add("FACT-VALUE", f"{brief_value(raw)!r}: {error}", where=where, next=advice)
        return None


_PARSERS = {
    "flag": _flag,
    "choice": _choice,
    "set": _set,
    "number": _number,
    "share": _number,
    "date": _date,
    "party": _text,
    "country": _country,
    "text": _text,
}


def load_catalogue(
    folder: Path,
    *,
    party_sets: Mapping[str, Words],
    parties: Mapping[str, Words],
    faults: Faults,
    read: Callable[[Path], Any] = load_file,
) -> FactCatalogue:
    """Loads the catalogue from the `facts` folder of a pack; files are read in order of name.

    Args:
        folder: Folder with one YAML list of facts per file, and `countries.yaml`.
        party_sets: Built-in restricted-party lists, the allowed values of the fact `party_sets`.
        parties: Listed parties by id, the allowed values of the fact `different_from`.
        faults: Collects every error found.
        read: Returns the content of a YAML file.
    """
    specs: list[FactSpec] = []
    packed = {"party_sets": party_sets, "different_from": parties}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "countries.yaml":
            continue
        entries = read(path)
        if not isinstance(entries, TextList):
            faults.add("PACK-FORM", "expected a list of facts", where=path.as_posix())
            continue
        for rank, entry in enumerate(entries):
            name = f"{path.name}, fact {entry.get('name', rank) if isinstance(entry, TextMap) else rank}"
            spec = parse_as(FactSpec, entry, name=name, faults=faults)
            if spec is not None and spec.name in packed:
                spec = spec.model_copy(update={"values": dict(packed[spec.name])})
            if spec is not None:
                specs.append(spec)
    countries: dict[str, Country] = {}
    for code, words in read(folder / "countries.yaml").items():
        parsed = parse_as(Country, words, name=f"countries.yaml, {code}", faults=faults)
        if parsed is not None:
            countries[code] = parsed
    catalogue = FactCatalogue(specs, countries)
    _check(catalogue, specs, faults)
    return catalogue


def _check(catalogue: FactCatalogue, specs: list[FactSpec], faults: Faults) -> None:
    names = [spec.name for spec in specs]
    for name in sorted({entry for entry in names if names.count(entry) > 1}):
        faults.add("FACT-TWICE", f"duplicate fact {name!r}", where="facts")
    for spec in specs:
        for synonym in spec.synonyms:
            for other in catalogue.named(synonym):
                if other != spec.name:
                    what = f"{synonym!r} is a synonym of both {spec.name} and {other}"
                    faults.add("FACT-SYNONYM", what, where="facts")
        for word, target in spec.value_synonyms.items():
            if target not in spec.values:
                faults.add(
                    "FACT-SYNONYM",
                    f"synonym {word!r} refers to {target!r}, which is not a value of {spec.name}",
                    where="facts",
                )
        for word, both in contrary_words(spec.values, spec.value_synonyms).items():
            what = f"{word!r} means both {both[0]} and {both[1]} as a value of {spec.name}"
            faults.add("FACT-SYNONYM", what, where="facts")
        if spec.type in ("choice", "set") and not spec.values and spec.members is None:
            faults.add("FACT-FORM", f"{spec.name} has no values", where="facts")
        if spec.standing and spec.benign is None:
            faults.add("FACT-FORM", f"compliance declaration {spec.name} has no benign answer", where="facts")
        catalogue.parse(spec.name, spec.example, where=f"facts, example of {spec.name}", faults=faults)


def unit_text(spec: FactSpec) -> str:
    """Returns the unit for display, with the range if there is one."""
    if spec.type == "share":
        return "fraction, 0 to 1"
    limits = (
        f", {exact_text(parse_exact(spec.range[0]))} to {exact_text(parse_exact(spec.range[1]))}" if spec.range else ""
    )
    return spec.unit + limits
