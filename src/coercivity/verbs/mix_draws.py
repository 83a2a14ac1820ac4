"""Draws of the market for a mix: found in a folder, in a small file, or in the cache; they are read and never made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from coercivity.base.errors import Argument, CoercivityError, Fault
from coercivity.base.json_types import Json
from coercivity.base.months import Month, first_of, month_text, parse_month
from coercivity.cases.arguments import Law
from coercivity.data.packs import open_pack
from coercivity.ensemble.design import Design, design_of
from coercivity.ensemble.runs.folder import MANIFEST
from coercivity.ensemble.runs.keeping import unpacked
from coercivity.ensemble.runs.manifest import manifest_of
from coercivity.ensemble.runs.task import DrawTask
from coercivity.files.write.whole import write_file
from coercivity.firm.company.mix_sheets.prices import indices_of
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.model import Company
from coercivity.firm.mix.drivers.packed import PACKED_FILE, packed_text, read_packed
from coercivity.firm.mix.drivers.scenarios import DrawnCase, drawn_case, first_month, form_of_grades
from coercivity.firm.mix.drivers.series import CODE, DriverSet, Queues, series_of
from coercivity.law.rules.rulebook import Rulebook
from coercivity.permission.buckets import load_buckets
from coercivity.practice.desk_tables import load_desk
from coercivity.verbs.company_prices import (
    GOODS,
    OUTSIDE,
    ReadDraw,
    Runs,
    folder_manifest,
    folder_runs,
    region_of,
    runs_asked,
    store_reader,
    store_runs,
)
from coercivity.verbs.kept import user_store

_CHINA, _EU = "CN", "EU"
_KEPT_GOODS = 3  # NdPr, Dy and Tb: those of magnets, and as much as a small file should hold


@dataclass(frozen=True, slots=True)
class MixDraws:
    """Draws for a mix.

    Attributes:
        case: Scenarios, one for each draw.
        stale: What the draws were made with that is another one today, in the words of their manifest.
        notices: Draws that could not be used.
    """

    case: DrawnCase
    stale: tuple[str, ...]
    notices: tuple[Fault, ...] = ()


def packed_beside(source: object) -> Path | None:
    """Returns the small file of draws in the folder of a company's file, if there is one."""
    if not isinstance(source, Path):
        return None
    found = (source if source.is_dir() else source.parent) / PACKED_FILE
    return found if found.is_file() else None


def mix_draws(company: Company, law: Law, draws: int | None, place: Path | None, *, cache: bool = True) -> MixDraws:
    """Returns the draws that are kept for the months of a mix.

    Args:
        company: The company.
        law: The rulebook to use.
        draws: Draws of all legal paths together; None for all that the file or folder holds.
        place: A folder of draws, as after `--draws-folder` of an outlook, or a small file of them; None for the cache.
        cache: Whether draws of the cache are looked for.

    Raises:
        CoercivityError: If there are none, they are not of these months or goods, or cannot be read.
    """
    months = mix_months(company) or 1
    begin = first_month(company)
    queues = _queues(company)
    notices: list[Fault] = []
    if place is not None and place.is_dir() and not (place / MANIFEST).is_file() and (place / PACKED_FILE).is_file():
        place = place / PACKED_FILE
    if place is not None and not place.is_dir():
        found = _small(place, queues)
    else:
        found = _whole(law, queues, (begin, begin + months - 1), draws, place, notices, cache=cache)
    if draws is not None:
        found = _fewer(found, draws)
    goods = {name: GOODS[name.casefold()] for name in indices_of(company) if name.casefold() in GOODS}
    life = load_desk().value("licence_life_months", queues.form, queues.countries[0], "civil", first_of(begin))
    return MixDraws(drawn_case(company, found, months, life, goods), stale(found, law.book()), tuple(notices))


def _queues(company: Company) -> Queues:
    """Returns the queues that decide the files of a company: of the form of its grades, to the region of its plants."""
    members = load_buckets().members
    region = region_of([plant.country for plant in company.plants], load_desk().groups.get(_EU, frozenset()))
    inside = [name for name in members if name != _CHINA] if region == OUTSIDE else [region]
    countries = tuple(country for name in inside for country, _ in members.get(name, ()))
    return Queues(form_of_grades(company), region, countries)


def _small(place: Path, queues: Queues) -> DriverSet:
    try:
        content = place.read_bytes()
    except OSError as error:
        why = f"it cannot be read: {error.strerror or error}"
        raise CoercivityError.of(CODE, why, where=place.as_posix(), next="name a file or folder of draws") from None
    found = read_packed(content, place.as_posix())
    if (found.queues.form, found.queues.region) != (queues.form, queues.region):
        there = f"{found.queues.form} to {found.queues.region}"
        what = f"its draws are of {there}, the mix of {queues.form} to {queues.region}"
        raise CoercivityError.of(CODE, what, where=place.as_posix(), next="name the folder of draws it was made from")
    return found


def _whole(
    law: Law,
    queues: Queues,
    span: tuple[Month, Month],
    draws: int | None,
    folder: Path | None,
    notices: list[Fault],
    *,
    cache: bool,
) -> DriverSet:
    book = law.book()
    if folder is not None:
        there = folder_manifest(folder)
        points = there.get("points")
        scramble = there.get("scramble")
        design = Design(points if isinstance(points, int) else 1, scramble if isinstance(scramble, int) else 0)
        runs, read = folder_runs(book, law, folder, span, design, notices)
        return _set_of(runs, read, queues, there, folder.as_posix())
    store = user_store(on=cache)
    design = design_of(draws or 1, len(runs_asked(book, span[1])) if draws else 1)
    runs = store_runs(book, span, design, store)
    command = f"coercivity outlook --from {month_text(span[0] - 12)} --to {month_text(span[1])} --draws {draws or 64}"
    if not runs:
        what = "no draws of the market are kept for these months"
        raise CoercivityError.of("DRAWS-NONE", what, where=Argument("draws"), next=f"make them with `{command}`")
    found = _set_of(runs, store_reader(store), queues, {}, "cache")
    first, last = parse_month(found.months[0]), parse_month(found.months[-1])
    tasks = [DrawTask(law, run, first, last, design.scramble, 0) for run in runs_asked(book, last)]
    return replace(found, manifest=manifest_of(book, design, tasks))


def _set_of(runs: Runs, read: ReadDraw, queues: Queues, manifest: Mapping[str, Json], named: str) -> DriverSet:
    months: tuple[str, ...] = ()
    goods = tuple(dict.fromkeys(GOODS.values()))[:_KEPT_GOODS]
    paths = {}
    for run, keys in runs.items():
        held = [unpacked(content) for key in keys if (content := read(key)) is not None]
        if not held:
            what = f"no draw of {run} is kept"
            raise CoercivityError.of("DRAWS-NONE", what, where=named, next="run the outlook again with this folder")
        months = held[0].months
        paths[run.partition("/")[2]] = tuple(series_of(kept, queues, goods) for kept in held)
    return DriverSet(manifest, queues, months, paths, named)


def _fewer(found: DriverSet, draws: int) -> DriverSet:
    design = design_of(draws, len(found.paths))
    fewest = min(len(each) for each in found.paths.values())
    if design.points > fewest and draws > found.draws:
        what = f"{draws} draws are more than the {found.draws} that are kept"
        do = "ask for fewer, or make more with `coercivity outlook --draws`"
        raise CoercivityError.of("DRAWS", what, where=Argument("draws"), nearest=[str(found.draws)], next=do)
    return found.first(design.points)


def stale(found: DriverSet, book: Rulebook) -> tuple[str, ...]:
    """Returns the parts of the law and of the data that are others than those the draws were made with.

    Args:
        found: The draws.
        book: The rulebook of today.
    """
    now: dict[str, tuple[str, str]] = {"law": (book.version, book.content_hash)}
    now |= {name: (pack.version, pack.content_hash) for name in _packs(found) for pack in [open_pack(name)]}
    return tuple(f"{name} {_version(found, name)}" for name, (_, hashed) in now.items() if _hash(found, name) != hashed)


def made_with(found: DriverSet) -> dict[str, str]:
    """Returns the versions of the law and of the data that draws were made with, by name."""
    return {name: _version(found, name) for name in ("law", *_packs(found))}


def _packs(found: DriverSet) -> list[str]:
    packs = found.manifest.get("packs")
    return sorted(packs) if isinstance(packs, Mapping) else []


def _entry(found: DriverSet, name: str) -> Mapping[str, Json]:
    packs = found.manifest.get("packs")
    entry = found.manifest.get("law") if name == "law" else packs.get(name) if isinstance(packs, Mapping) else None
    return entry if isinstance(entry, Mapping) else {}


def _version(found: DriverSet, name: str) -> str:
    return str(_entry(found, name).get("version", "?"))


def _hash(found: DriverSet, name: str) -> str:
    return str(_entry(found, name).get("hash", ""))


def write_mix_draws(path: Path, found: MixDraws) -> int:
    """Writes the draws of a mix as a small file, and returns its size in bytes.

    Raises:
        CoercivityError: If it cannot be written.
    """
    content = packed_text(replace(found.case.drivers, named="", packed=False)).encode()
    write_file(path, content)
    return len(content)
