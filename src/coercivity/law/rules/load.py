"""Loads a law pack from disk into a rulebook and reports all faults of the pack at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from coercivity.base.canonical import hash_files, sha256
from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.catalogue import FactCatalogue, load_catalogue
from coercivity.data.schema import DayText, Plain, Strict, parse_as
from coercivity.data.textyaml import TextMap, load_file
from coercivity.law.rules.evaluator import Evaluator
from coercivity.law.rules.jurisdictions.names import NAMES, abroad_folder, notices_of_one, of_one, read_names
from coercivity.law.rules.known import ENDS, KNOW_HOW, CoveredFrom, CoveredFromText
from coercivity.law.rules.model import Instrument
from coercivity.law.rules.overlay import OverlayFile, laid_over, parse_overlay
from coercivity.law.rules.parsed import ParsedFiles
from coercivity.law.rules.party_lists import PARTIES, STATES, Parties, PartySet, read_parties
from coercivity.law.rules.questions.cards import NAME as QUESTIONS
from coercivity.law.rules.questions.cards import Cards, read_cards
from coercivity.law.rules.rulebook import Rule, Rulebook, facts_in_rules, make_rules
from coercivity.law.rules.shown import list_name, short_name
from coercivity.law.rules.tree import Tree, TreeParser, Use

IN_PLAY = "in_play"
CASES = "cases.yaml"
NOT_HASHED = (CASES, "phrases.yaml")
WORDS = "words.yaml"
LEXICON = "lexicon"  # folder of the words that texts are read with


class LawPack(Strict):
    """Head of a law pack."""

    name: Plain
    title: Plain
    version: Plain
    licence: Plain
    covered_from: CoveredFromText
    verified_through: DayText
    newest_source: DayText
    about: Plain
    limits: list[str] = []


def law_folder() -> Path:
    """Returns the folder of the built-in law pack."""
    return Path(str(files("coercivity"))) / "packs" / "law"


@lru_cache(maxsize=1)
def _words_on_china() -> Any:
    """Returns the words shown to people of the built-in rulebook."""
    folder = law_folder()
    return ParsedFiles(folder, folder_hash(folder)).load(folder / WORDS)


def load_rulebook(
    folder: Path | None = None, overlays: tuple[OverlayFile, ...] = (), jurisdiction: str = ""
) -> Rulebook:
    """Returns the rulebook of a pack; equal arguments return the same object.

    Args:
        folder: Folder of the pack; by default the built-in one.
        overlays: User-supplied notices added to it, from `read_overlays`.
        jurisdiction: Only the instruments of this jurisdiction; blank for all of the pack.

    Raises:
        CoercivityError: With all faults of the pack or of the user-supplied notices.
    """
    return _loaded(folder or law_folder(), overlays, jurisdiction)


@lru_cache(maxsize=64)  # a server holds one for each statement of a user, about 5 MB each
def _loaded(folder: Path, overlays: tuple[OverlayFile, ...], jurisdiction: str = "") -> Rulebook:
    if folder not in (law_folder(), abroad_folder()):
        return _read(folder, overlays, load_file, jurisdiction=jurisdiction)
    packed = ParsedFiles(folder, folder_hash(folder))
    if packed.kept:
        with suppress(CoercivityError):  # cached files have no line numbers; the files themselves have
            return _read(folder, overlays, packed.load, packed.digest, jurisdiction=jurisdiction)
        return _read(folder, overlays, load_file, jurisdiction=jurisdiction)
    book = _read(folder, overlays, packed.load, jurisdiction=jurisdiction)
    if book.content_hash == laid_hash(packed.digest, overlays):  # no file changed while they were read
        packed.keep()
    return book


def _read(
    folder: Path,
    overlays: tuple[OverlayFile, ...],
    read: Callable[[Path], Any],
    digest: str | None = None,
    *,
    jurisdiction: str = "",
) -> Rulebook:
    """Returns the rulebook of a folder; its hash may be given if the content read is that of the hash."""
    faults = Faults()
    book = _Loader(folder, faults, overlays, read, digest, jurisdiction).load()
    faults.raise_if_any()
    assert book is not None
    return book


class _Loader:
    def __init__(
        self,
        folder: Path,
        faults: Faults,
        overlays: tuple[OverlayFile, ...],
        read: Callable[[Path], Any],
        digest: str | None,
        jurisdiction: str,
    ) -> None:
        self.folder, self.faults, self.files, self.read, self.digest = folder, faults, overlays, read, digest
        self.jurisdiction = jurisdiction

    def load(self) -> Rulebook | None:
        head = parse_as(LawPack, self._yaml("pack.yaml"), name="pack.yaml", faults=self.faults)
        parties = self._parties()
        sets = parties.sets
        jurisdictions = read_names(self._if_there(NAMES), self.faults)
        instruments = of_one(self._instruments(), jurisdictions, self.jurisdiction, self.faults)
        named = {set_id: list_name(instruments.get(s.instrument_id), s.list, held=s.held) for set_id, s in sets.items()}
        catalogue = load_catalogue(
            self.folder / "facts", party_sets=named, parties=parties.names, faults=self.faults, read=self.read
        )
        checked = head.verified_through if head is not None else Day.min
        parsed = (parse_overlay(file, checked, self.faults) for file in self.files)
        overlays = [overlay for overlay in parsed if overlay is not None]
        notices_of_one(overlays, jurisdictions, self.jurisdiction, self.faults)
        self.faults.raise_if_any()
        instruments = laid_over(instruments, overlays, aliases(instruments), self.faults)
        parser = TreeParser(catalogue, self.faults)
        raw = self._yaml("definitions.yaml")
        parser.define({name: body["tree"] for name, body in raw.items()}, where="definitions.yaml")
        trees = self._trees(instruments, parser)
        asked = self._asked(catalogue, parser)
        contradictions = self._contradictions(catalogue, parser)
        self._references(instruments, sets)
        covered = parser.named(KNOW_HOW, where="pack.yaml, covered_from")
        self.faults.raise_if_any()
        if head is None or covered is None:
            return None
        evaluator = Evaluator(frozenset(name for name, spec in catalogue.items() if spec.type == "country"))
        covered_from = CoveredFrom(head.covered_from.goods, head.covered_from.technology, covered, evaluator)
        cards = self._cards(catalogue)
        rules = make_rules(instruments, trees, evaluator)
        self._circles(rules)
        for name in sorted(set(parser.definitions) - parser.used) if not self.jurisdiction else ():
            self.faults.add("TREE-UNUSED", f"definition {name!r} is not used", where="definitions.yaml")
        vouches = tuple(overlay.vouch for overlay in overlays if overlay.vouch is not None)
        published = [day for overlay in overlays if (day := overlay.published) is not None]
        return Rulebook(
            folder=self.folder,
            version="+".join([head.version, *(overlay.id for overlay in overlays)]),
            content_hash=laid_hash(self.digest or folder_hash(self.folder), self.files),
            covered_from=covered_from,
            verified_through=head.verified_through,
            known_through=max([head.verified_through, *published, *(vouch.through for vouch in vouches)]),
            overlays=tuple(overlay.id for overlay in overlays),
            vouches=vouches,
            jurisdiction=self.jurisdiction,
            jurisdictions=jurisdictions,
            instruments=instruments,
            catalogue=catalogue,
            definitions={name: tree.tree for name, tree in parser.definitions.items() if isinstance(tree, Use)},
            rules=rules,
            evaluator=evaluator,
            party_sets=sets,
            party_lists=parties.lists,
            parties_hash=parties.hash,
            asked_trees=asked,
            contradictions={
                name: tuple(
                    (evaluator.add(stated), None if within is None else evaluator.add(within))
                    for stated, within in pairs
                )
                for name, pairs in contradictions.items()
            },
            words=self._words(),
            rule_facts=facts_in_rules(rules),
            cards=cards,
        )

    def _yaml(self, name: str) -> Any:
        return self.read(self.folder / name)

    def _words(self) -> Any:
        """Returns the words shown to people; a rulebook may do with those of the rulebook on China."""
        own = self._if_there(WORDS)
        return _words_on_china() if own is None else own

    def _if_there(self, name: str) -> Any:
        return self._yaml(name) if (self.folder / name).is_file() else None

    def _cards(self, catalogue: FactCatalogue) -> Cards:
        if not (self.folder / QUESTIONS).is_file():
            return Cards()
        return read_cards(self._yaml(QUESTIONS), catalogue, catalogue.benign_answers(), self.faults)

    def _parties(self) -> Parties:
        return read_parties(self.folder, self._if_there(STATES), self.faults)

    def _instruments(self) -> dict[str, Instrument]:
        found: dict[str, Instrument] = {}
        for path in sorted((self.folder / "instruments").glob("*/instrument.yaml")):
            name = f"{path.parent.name}/instrument.yaml"
            instrument = parse_as(Instrument, self.read(path), name=name, faults=self.faults)
            if instrument is None:
                continue
            if instrument.id != path.parent.name:
                self.faults.add(
                    "PACK-FORM", f"instrument {instrument.id!r} is in folder {path.parent.name!r}", where=name
                )
            found[instrument.id] = instrument
        if not found:
            self.faults.add("PACK-FORM", "the rulebook contains no instrument", where=self.folder.as_posix())
        return found

    def _trees(
        self, instruments: Mapping[str, Instrument], parser: TreeParser
    ) -> dict[str, tuple[Tree | None, Tree | None]]:
        found: dict[str, tuple[Tree | None, Tree | None]] = {}
        for instrument in instruments.values():
            for provision in instrument.provisions:
                where = f"{instrument.id}/instrument.yaml, {provision.id}"
                if provision.id in found:
                    self.faults.add("PACK-ID", f"duplicate provision {provision.id!r}", where=where)
                item, when = (
                    parser.parse(raw, where=where) if raw is not None else None
                    for raw in (provision.item, provision.when)
                )
                found[provision.id] = (item, when)
        return found

    def _asked(self, catalogue: FactCatalogue, parser: TreeParser) -> dict[str, Tree]:
        found = {}
        for name, spec in catalogue.items():
            if isinstance(spec.asked_where, TextMap):
                tree = parser.parse(spec.asked_where, where=f"facts, {name}")
                if tree is not None:
                    found[name] = tree
            elif spec.asked_where not in (None, IN_PLAY):
                self.faults.add(
                    "FACT-FORM", f"asked_where of {name} is neither a condition nor {IN_PLAY}", where="facts"
                )
        return found

    def _contradictions(
        self, catalogue: FactCatalogue, parser: TreeParser
    ) -> dict[str, tuple[tuple[Tree, Tree | None], ...]]:
        found = {}
        for name, spec in catalogue.items():
            if spec.contradicted_by and spec.benign is None:
                self.faults.add("FACT-FORM", f"{name} has no benign answer to contradict", where="facts")
            parsed = []
            for entry in spec.contradicted_by:
                stated = parser.parse(entry.stated, where=f"facts, {name}")
                within = None if entry.within is None else parser.parse(entry.within, where=f"facts, {name}")
                parsed += [] if stated is None else [(stated, within)]
            if parsed:
                found[name] = tuple(parsed)
        return found

    def _references(self, instruments: Mapping[str, Instrument], sets: Mapping[str, PartySet]) -> None:
        provisions = {p.id for i in instruments.values() for p in i.provisions}
        known = provisions | set(instruments)
        for instrument in instruments.values():
            for event in instrument.events:
                scope = [] if event.scope == "all" else event.scope
                own = {p.id for p in instrument.provisions}
                self._resolve([event.by], set(instruments), f"{instrument.id}, event by")
                self._resolve(scope, own, f"{instrument.id}, event scope")
                if event.type in (*ENDS, "suspension", "resumption") and event.effective is None:
                    what = f"a {event.type} needs an effective date"
                    self.faults.add("EVENT-DAY", what, where=instrument.id, next="add `effective`")
            for provision in instrument.provisions:
                where = f"{instrument.id}, {provision.id}"
                self._resolve(provision.only_where, known, where)
                self._resolve([] if isinstance(provision.qualifies, str) else provision.qualifies, known, where)
                if provision.effect == "unknown" and provision.ceiling is None:
                    self.faults.add("PACK-FORM", "an unknown effect needs a `ceiling`", where=where)
                if provision.effect == "exempt" and provision.remains is None:
                    self.faults.add("PACK-FORM", "an exemption needs `remains`", where=where)
        for party_set in sets.values():
            self._resolve(
                [party_set.instrument_id], set(instruments), f"{PARTIES if party_set.held else STATES}, {party_set.id}"
            )

    def _resolve(self, names: list[str], known: set[str], where: str) -> None:
        for name in names:
            if name not in known:
                self.faults.add("PACK-REF", f"{name!r} not found", where=where, nearest=nearest(name, known))

    def _circles(self, rules: tuple[Rule, ...]) -> None:
        """Refuses rules that qualify, exclude or depend on each other in a circle."""
        state: dict[int, int] = {}

        def walk(rank: int, path: list[int]) -> None:
            if state.get(rank) == 2:
                return
            if state.get(rank) == 1:
                names = " -> ".join(rules[r].id for r in [*path[path.index(rank) :], rank])
                self.faults.add("RULE-CIRCLE", f"circular dependency between rules: {names}", where="instruments")
                return
            state[rank] = 1
            rule = rules[rank]
            waits = [*rule.taken_out_by, *rule.only_where, *(() if rule.exclusion else rule.bears_on)]
            if rule.any_item:
                waits += [other.rank for other in rules if other.provision.dual_use]
            for other_rank in waits:
                walk(other_rank, [*path, rank])
            state[rank] = 2

        for rule in rules:
            walk(rule.rank, [])


def laid_hash(pack_hash: str, overlays: tuple[OverlayFile, ...]) -> str:
    """Returns the hash of a pack with user-supplied notices; without any, the hash of the pack."""
    return sha256([pack_hash, *(overlay.hash for overlay in overlays)]) if overlays else pack_hash


def aliases(instruments: Mapping[str, Instrument]) -> dict[str, str]:
    """Returns every id, alias, number and cited name of an instrument with its id."""
    found: dict[str, str] = {}
    for instrument in instruments.values():
        year, _, number = instrument.number.partition("/")
        turned = [f"{number}/{year}", instrument.number] if number and year.isdigit() else []
        cited = (short_name(instrument, "en"), short_name(instrument, "zh"))
        found.update(dict.fromkeys((*instrument.aliases, *turned, *cited, instrument.id), instrument.id))
    return found


def folder_hash(folder: Path) -> str:
    """Returns the SHA-256 over the rules and tables of a pack, in the order of their paths.

    Readings, worked cases and the words for reading tables are left out: they do not change a decision.
    """
    found = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv") and path.name not in NOT_HASHED)
    kept = (path for path in found if path.parent.name != LEXICON)
    files = {path.relative_to(folder).as_posix(): path for path in kept}
    return hash_files((name, files[name].read_bytes()) for name in sorted(files))
