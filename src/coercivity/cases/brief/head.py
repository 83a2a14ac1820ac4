"""The case.yaml of a case folder: the subject of the case, its parties, and its compliance declarations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import LANGS
from coercivity.cases.files import read_standing
from coercivity.cases.gather import Standing
from coercivity.data.catalogue import Country, nearest_country
from coercivity.data.schema import DayText, FlagText, Plain, Strict, parse_as
from coercivity.data.textyaml import TextMap, file_in, load_file

CASE_FILE = "case.yaml"
TABLE_FILE = "transactions.csv"
MOST_YEARS = 10


class CaseText(Strict):
    """One text of a case in at least one language; a page in another language shows it as typed."""

    en: str = ""
    zh: str = ""
    ja: str = ""

    def as_dict(self) -> dict[str, str]:
        """Returns the text in each language it exists in."""
        return {lang: text for lang in LANGS if (text := getattr(self, lang)).strip()}


def _said(text: CaseText) -> CaseText:
    if not text.as_dict():
        raise ValueError("expected a text in at least one language: en, zh or ja")
    return text


Said = Annotated[CaseText, AfterValidator(_said)]


class CaseParty(Strict):
    """One party to the case.

    Attributes:
        role: Role in the case.
        country: ISO 3166 alpha-2 code.
        invented: Whether the party is fictitious.
    """

    name: Said
    role: Said
    country: Plain
    invented: FlagText = False


class Horizon(Strict):
    """First and last day of the charts."""

    start: DayText = Field(alias="from")
    end: DayText = Field(alias="to")


class CaseHead(Strict):
    """The content of `case.yaml`.

    Attributes:
        invented: Whether the case, or a company in it, is fictitious; then `label` says so wherever the case is shown.
        standing: Compliance declarations, with who made them and when.
        jurisdictions: Whose law the report answers for, China among them; None for China alone.
    """

    id: Plain
    title: Said
    about: Said
    invented: FlagText = False
    label: Said | None = None
    parties: list[CaseParty] = []
    standing: object = None
    horizon: Horizon
    jurisdictions: list[Plain] | None = None


def read_case(folder: Path, countries: Mapping[str, Country]) -> tuple[CaseHead, Standing]:
    """Reads the case.yaml of a case folder, with its compliance declarations.

    Args:
        folder: Folder with `case.yaml` and `transactions.csv`.
        countries: Known country codes.

    Raises:
        CoercivityError: With every error in the file, or if the folder does not exist.
    """
    if not folder.is_dir():
        raise CoercivityError.of(
            "CASE-FOLDER",
            "folder not found",
            where=folder.as_posix(),
            next=f"name a folder that contains {CASE_FILE} and {TABLE_FILE}, such as examples/magnet-jv",
        )
    content = load_file(file_in(folder, CASE_FILE))
    faults = Faults()
    if not isinstance(content, TextMap):
        raise CoercivityError.of("CASE-FORM", "expected a mapping", where=f"{CASE_FILE}:1", next="see docs/files.md")
    head = parse_as(CaseHead, content, name=CASE_FILE, faults=faults)
    standing = Standing()
    if "standing" in content:
        standing = read_standing(content["standing"], CASE_FILE, faults, Standing())
    if head is not None:
        _check(head, content, countries, faults)
    faults.raise_if_any()
    assert head is not None
    return head, standing


def _check(head: CaseHead, content: TextMap, countries: Mapping[str, Country], faults: Faults) -> None:
    line = content.key_lines.get("horizon", 1)
    where = f"{CASE_FILE}:{line}"
    if head.horizon.end < head.horizon.start:
        faults.add("HORIZON", "the horizon ends before it begins", where=where, next="write from before to")
    elif head.horizon.end.year - head.horizon.start.year > MOST_YEARS:
        faults.add("HORIZON", f"the horizon is longer than {MOST_YEARS} years", where=where, next="shorten it")
    if head.invented and head.label is None:
        at = f"{CASE_FILE}:{content.key_lines.get('invented', 1)}"
        faults.add("CASE-LABEL", "a fictitious case needs a label that says so", where=at, next="add label: {en: ...}")
    for rank, party in enumerate(head.parties):
        if party.country not in countries:
            entries = content.get("parties")
            at = f"{CASE_FILE}:{getattr(entries[rank], 'line', 1) if isinstance(entries, list) else 1}"
            what, close = f"{party.country[:20]!r} is not a country code", nearest_country(countries, party.country)
            faults.add("VALUE", what, where=at, nearest=close, next="use ISO 3166 alpha-2")
