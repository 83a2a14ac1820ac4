"""The workbook of a company: its template, a first one from ten values, its check, its other forms, and its hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value
from coercivity.base.examples import example_folder
from coercivity.base.words import Lang
from coercivity.data.input import Content, Input
from coercivity.files.write.whole import write_file
from coercivity.firm.chain.build import build_chain
from coercivity.firm.chain.calendar import check_rows
from coercivity.firm.chain.sources import company_with_faults
from coercivity.firm.company.model import Company
from coercivity.firm.company.needs import ANSWERS, lacking
from coercivity.firm.company.quick import quick_company, quick_numbers
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.spec import quick_specs, sheet_specs
from coercivity.firm.company.write.about import check_phrase
from coercivity.firm.company.write.rows import company_hash, company_rows
from coercivity.firm.company.write.texts import company_csv, company_yaml
from coercivity.firm.company.write.workbook import company_book
from coercivity.workbooks.sources import raise_first

Form = Literal["xlsx", "yaml"]


@dataclass(frozen=True, slots=True)
class QuickField:
    """One of the values with which a company can begin.

    Attributes:
        name: Its name in `workbook_quick`.
        kind: What it holds: day, id, text, number or days.
        unit: Its unit; "" if it has none.
        labels: Its label in English and Chinese.
        example: An example.
    """

    name: str
    kind: str
    unit: str
    labels: Mapping[str, str]
    example: str


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """What a workbook holds, and what it lacks.

    Attributes:
        rows: Number of rows by sheet, in the order of the template.
        lacks: What is still to be filled in, by answer (stops, chances, clock, law), in English.
        hash: SHA-256 of what the workbook says; the order of sheets, rows and columns does not count.
        company: The company.
    """

    rows: Mapping[str, int]
    lacks: Mapping[str, list[str]]
    hash: str
    company: Company

    def lines(self, lang: Lang = "en") -> list[str]:
        """Returns the check as lines of text."""
        shown: Literal["en", "zh"] = "zh" if lang == "zh" else "en"
        names = {key: spec.names[shown] for key, spec in sheet_specs().items()}
        out = [] if self.rows else [check_phrase("empty", lang)]
        for key, n in self.rows.items():
            out.append(check_phrase("holds_one" if n == 1 else "holds", lang, sheet=names[key], n=f"{n:,}"))
        for answer in ANSWERS:
            what, name = lacking(self.company, answer, lang), check_phrase(answer, lang)
            joined = ("、" if shown == "zh" else ", ").join(what)
            out.append(check_phrase("lacks" if what else "ready", lang, answer=name, what=joined))
        return [*out, check_phrase("hash", lang, hash=self.hash)]

    def as_dict(self) -> dict[str, object]:
        """Returns the check as plain data."""
        return {"rows": dict(self.rows), "lacks": dict(self.lacks), "hash": self.hash}


def workbook_template(lang: Lang = "en", *, example: Input | None = None) -> bytes:
    """Returns the empty workbook as the bytes of an XLSX file; the same bytes every time.

    Args:
        lang: Language of names of sheets, columns and choices: en or zh.
        example: A company's file whose rows are filled in. Default: none.

    Raises:
        CoercivityError: If the example has faults.

    Examples:
        >>> coercivity.workbook_template()[:2]
        b'PK'
    """
    return company_book(Company() if example is None else company_of(example), lang)


def example_file() -> Path:
    """Returns the file of an invented company."""
    return example_folder() / "firms" / "alpenmotor.yaml"


def write_workbook(out: Path, content: bytes) -> None:
    """Writes the bytes of a workbook completely or not at all.

    Raises:
        CoercivityError: If the name does not end in .xlsx, or the file cannot be written.
    """
    if out.suffix.casefold() != ".xlsx":
        what = f"{brief_value(out.name)!r} is not the name of an XLSX file"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("out"), next="write a name that ends in .xlsx")
    write_file(out, content)


def workbook_check(source: Input) -> CheckedWorkbook:
    """Returns what a workbook holds and what it lacks.

    Args:
        source: An XLSX workbook, a YAML file, uploaded content of either, or a folder of CSV files.

    Raises:
        CoercivityError: With every fault of every sheet: sheet, row and cell, what was expected, nearest names.

    Examples:
        >>> coercivity.workbook_check(EXAMPLES / "firms" / "alpenmotor.yaml").hash[:8]
        'aa82255b'
    """
    faults = Faults()
    company = company_with_faults(source, faults)
    check_rows(company.calendar, faults)
    if company.stages:
        build_chain(company, faults)
    raise_first(faults, source)
    rows = {key: len(entries) for key, entries in company_rows(company).items()}
    lacks: dict[str, list[str]] = {answer: lacking(company, answer) for answer in ANSWERS}
    return CheckedWorkbook(rows, lacks, company_hash(company), company)


def workbook_hash(source: Input) -> str:
    """Returns the SHA-256 of what a workbook says; its form and the order of sheets, rows and columns do not count.

    Raises:
        CoercivityError: With every fault of every sheet.

    Examples:
        >>> source = EXAMPLES / "firms" / "alpenmotor.yaml"
        >>> coercivity.workbook_hash(source) == coercivity.workbook_check(source).hash
        True
    """
    return company_hash(company_of(source))


def workbook_quick(numbers: Mapping[str, str]) -> Company:
    """Returns the company that ten values and the day of the count describe.

    Args:
        numbers: The values as typed, by the names of `quick_fields`.

    Raises:
        CoercivityError: With every value that is missing, unknown or wrong; `where` is its name.
    """
    return quick_company(numbers)


def workbook_quick_numbers(company: Company) -> dict[str, str] | None:
    """Returns the ten values of a company made of them, so that they can be corrected; None once it says more."""
    return quick_numbers(company)


def quick_fields() -> tuple[QuickField, ...]:
    """Returns the values with which a company can begin, in the order of the form."""
    return tuple(QuickField(key, spec.kind, spec.unit, spec.names, spec.also[0]) for key, spec in quick_specs().items())


def workbook_content(company: Company, form: Form = "xlsx", lang: Lang = "en") -> Content:
    """Returns a company as a file that loads again to the same company.

    Args:
        company: The company.
        form: xlsx or yaml.
        lang: Language of an XLSX workbook.
    """
    if form == "yaml":
        return Content.of("firm.yaml", company_yaml(company))
    return Content("firm.xlsx", company_book(company, lang))


def workbook_export(source: Input | Company, out: Path, lang: Lang = "en") -> str:
    """Writes a company's file in another form: .xlsx, .yaml, or a folder of CSV files.

    Args:
        source: The file, or a company.
        out: The file or folder; its name says the form.
        lang: Language of an XLSX workbook.

    Returns:
        The hash of the company, which the file written has as well.

    Raises:
        CoercivityError: With every fault of the source, or if the file cannot be written.

    Examples:
        >>> source = EXAMPLES / "firms" / "alpenmotor.yaml"
        >>> coercivity.workbook_export(source, Path("firm.xlsx")) == coercivity.workbook_check(Path("firm.xlsx")).hash
        True
    """
    company = source if isinstance(source, Company) else company_of(source)
    suffix = out.suffix.casefold()
    if suffix == ".xlsx":
        write_file(out, company_book(company, lang))
    elif suffix in (".yaml", ".yml"):
        write_file(out, company_yaml(company).encode())
    elif suffix:
        what = f"{suffix} is not a form of the workbook"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("out"), next="write .xlsx, .yaml, or a folder")
    else:
        _write_folder(out, company)
    return company_hash(company)


def _write_folder(out: Path, company: Company) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        what = "the folder is not empty" if out.is_dir() else "not a folder"
        raise CoercivityError.of("OUT", what, where=out.as_posix(), next="choose another --out, or move the files away")
    for name, text in company_csv(company).items():
        out.mkdir(parents=True, exist_ok=True)
        write_file(out / name, text.encode())
