"""Screenings on the screens: the names and lists of a request, and the file of judgements of the server."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillMaking
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import say
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content, Input
from coercivity.data.parties.judgement import Judgement, Says
from coercivity.intake.parties.index import party_index
from coercivity.intake.parties.judgements.file import append, pair_of, read_judgements
from coercivity.intake.parties.judgements.held import Judgements, list_of
from coercivity.law.rules.party_lists import PARTIES
from coercivity.verbs.parties.pairs import reason_keys
from coercivity.verbs.parties.rows import ScreenRow
from coercivity.verbs.parties.screen import ScreenReport, clusters_of, screen_table
from coercivity.verbs.serving.contents import called, placeless
from coercivity.verbs.serving.look import look
from coercivity.verbs.serving.parties.pairs import Pair, Worked, pairs_of, worked
from coercivity.verbs.serving.places import Places, Upload

MOST_ROWS = 100_000  # names of one screening; memory of the server
KEPT = 3
PATIENCE_S = 5.0  # for which requests wait for a screening before they show how far it is
JUDGED_MEANWHILE = "JUDGED-MEANWHILE"


@dataclass(frozen=True, slots=True)
class ScreeningAsked:
    """A screening as an address states it.

    Attributes:
        names: Upload with the names.
        on: Date for which entries are marked as listed or not; blank for none.
        lists: Uploads with lists, in addition to those of the server.
        ownership: Upload with who owns whom; blank for that of the server, if any.
        columns: Columns of a table with their roles, where their names do not tell.
        read_by: Import settings of a table: sheet, encoding, delimiter.
    """

    names: str
    on: str = ""
    lists: tuple[str, ...] = ()
    ownership: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    read_by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A decision about a pair as a person sends it.

    Attributes:
        pair: Id of the pair.
        says: The decision.
        by: Who decides.
        why: Why.
        at: Time, ISO 8601 in UTC.
        last_at: Time of the last judgement of the pair that the person saw; blank for none.
    """

    pair: str
    says: Says
    by: str
    why: str
    at: str
    last_at: str


@dataclass(slots=True)
class Making:
    """A screening that goes on.

    Attributes:
        done: Distinct parties compared.
        total: All of them; 0 while the lists are read.
        name: Name of the file with the names.
        since: When it began, in seconds of this process.
    """

    done: int = 0
    total: int = 0
    name: str = ""
    since: float = field(default_factory=monotonic)


_Key = tuple[ScreeningAsked, tuple[Input, ...], Input | None]  # with the lists and ownership of the server


class Screenings:
    """The screenings of one server: the last few are kept, with one file of judgements for all of them.

    Args:
        places: Folders and files of the server.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._kept: OrderedDict[_Key, tuple[ScreenReport, tuple[Pair, ...]]] = OrderedDict()
        self._making: dict[_Key, Lock] = {}
        self._begun: dict[_Key, tuple[Making, Future[None]]] = {}
        self._lock, self._judging = Lock(), Lock()
        self._read: tuple[tuple[int, int], tuple[Judgement, ...], Judgements] = ((0, 0), (), Judgements(()))

    @property
    def file(self) -> Path:
        """The file of judgements: that of the user, or one in the folder of the server."""
        return self._places.parties.judgements or self._places.own_judgements

    @property
    def is_own_file(self) -> bool:
        """Whether the user named a file of judgements when the server was started."""
        return self.file != self._places.own_judgements

    def worked(self, asked: ScreeningAsked) -> Worked:
        """Returns a screening with the judgements made so far.

        Raises:
            CoercivityError: With every fault of the names, lists, judgements and the date.
        """
        return worked(*self._held(asked), *self.judgements())

    def begun(self, asked: ScreeningAsked) -> Making | None:
        """Begins a screening, unless it was begun, and waits for it until it is `PATIENCE_S` old.

        Args:
            asked: The screening.

        Returns:
            How far it is; None once it is made.

        Raises:
            CoercivityError: As for `worked`.
        """
        key = self._key(asked)
        with self._lock:
            if key in self._kept:
                return None
            if key not in self._begun:
                self._begun[key] = Making(name=self._places.upload(asked.names).name), Future()
                # Not waited for when the server stops; with the lists of the server of this request.
                Thread(target=copy_context().run, args=(self._make, asked, *self._begun[key]), daemon=True).start()
            making, made = self._begun[key]
        try:
            made.result(max(0.0, making.since + PATIENCE_S - monotonic()))
        except StillMaking:
            if not made.done():
                return making
            made.result()
        finally:
            if made.done():
                with self._lock:
                    self._begun.pop(key, None)
        return None

    def _make(self, asked: ScreeningAsked, making: Making, made: Future[None]) -> None:
        try:
            self._held(asked, making)
        except BaseException as error:  # told to the request that asks next
            made.set_exception(error)
        else:
            made.set_result(None)

    def _key(self, asked: ScreeningAsked) -> _Key:
        law = self._places.parties.law()
        return asked, tuple(law.lists), law.ownership

    def _held(self, asked: ScreeningAsked, so_far: Making | None = None) -> tuple[ScreenReport, tuple[Pair, ...]]:
        """A screening without judgements and its pairs, made once while the lists are as they were."""
        key = self._key(asked)
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:  # the same screening is made once; others do not wait for it
            try:
                held = self._kept.get(key) or self._made(asked, so_far or Making())
            finally:
                self._making.pop(key, None)
            with self._lock:
                self._kept[key] = held
                self._kept.move_to_end(key)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return held

    def _made(self, asked: ScreeningAsked, making: Making) -> tuple[ScreenReport, tuple[Pair, ...]]:
        report = self._screened(asked, making)
        return report, pairs_of(report)

    def with_judgements(self, asked: ScreeningAsked) -> ScreenReport:
        """Returns a screening as the command line gives it with the same files, for downloads.

        Raises:
            CoercivityError: As for `worked`.
        """
        report, (found, by_pair) = self._held(asked)[0], self.judgements()
        reasons, rows = self.law_of(asked).book().words.get("name_reasons", {}), list[ScreenRow]()
        for row in report.rows:
            result = None if row.result is None else by_pair.applied(row.result)
            if result is not None and result is not row.result:
                told = (say(reasons.get(key, {"en": key.replace("_", " ")})) for key in reason_keys(result))
                rows.append(replace(row, result=result, reason="; ".join(told)))
            else:
                rows.append(row)
        digest = hashlib.sha256(self.file.read_bytes()).hexdigest() if found else ""
        return replace(report, rows=tuple(rows), clusters=clusters_of(rows), judgements=found, judgements_sha256=digest)

    def law_of(self, asked: ScreeningAsked) -> Law:
        """Returns the rulebook with the lists and ownership of a screening, as if nothing had been judged.

        Raises:
            CoercivityError: If an upload does not exist any more.
        """
        places = self._places
        law = places.parties.law()
        uploads = [_content(places.upload(one)) for one in asked.lists]
        own = _content(places.upload(asked.ownership)) if asked.ownership else law.ownership
        return replace(law, lists=(*law.lists, *uploads), judgements=None, ownership=own)

    def _screened(self, asked: ScreeningAsked, making: Making) -> ScreenReport:
        def progress(done: int, total: int) -> None:
            making.done, making.total = done, total

        upload, read_by = self._places.upload(asked.names), dict(asked.read_by)
        if not upload.name.endswith(".txt"):
            look(self._places, upload, read_by)  # a hostile table is opened in a process of its own first
        law = self.law_of(asked)
        with placeless(self._places.uploads), called(upload):
            report = screen_table(
                upload.path,
                columns=dict(asked.columns),
                on=asked.on or None,
                law=law,
                called=upload.name,
                sheet=read_by.get("sheet"),
                encoding=read_by.get("encoding"),
                delimiter=read_by.get("delimiter"),
                progress=progress,
            )
        if len(report.rows) > MOST_ROWS:
            what = f"more than {MOST_ROWS:,} names for one screening on the screen"
            step = "split the file, or use `coercivity screen`, which writes its results to files"
            raise CoercivityError.of("SCREEN-ROWS", what, where=upload.name, next=step)
        return report

    def judgements(self) -> tuple[tuple[Judgement, ...], Judgements]:
        """Returns the judgements of the file, the oldest first, and by pair; read again once the file changed.

        Raises:
            CoercivityError: With every fault of the file.
        """
        stamp = (0, 0)
        if self.file.is_file():
            stat = self.file.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
        if stamp != self._read[0]:
            faults = Faults()
            found, _ = read_judgements(self.file, faults)
            faults.raise_if_any()
            self._read = (stamp, found, Judgements(found))
        return self._read[1:]

    def judge(self, asked: ScreeningAsked, said: Said) -> Pair:
        """Adds a decision to the file of judgements, and returns the pair as it was before.

        Raises:
            CoercivityError: With every fault of the decision; if somebody judged the pair meanwhile; or if the file
                cannot be written.
        """
        pair = self.worked(asked).by_id.get(said.pair)
        if pair is None:
            what = "the pair is not in this screening"
            raise CoercivityError.of("JUDGE-PAIR", what, where=said.pair[:20], next="open the screening again")
        entry, written = pair.finding.entry, pair.finding.written
        added = [
            Judgement(list_of(entry), entry.entry_id, written, said.says, said.by, said.at, said.why, seen)
            for seen in pair.seen
        ]
        if said.says == "withdrawn":  # undoes what counts, under the name that it was given for
            counts = {one.judged.judgement: None for one in pair.findings if one.judged is not None}
            added = [replace(one, says="withdrawn", by=said.by, at=said.at, why=said.why) for one in counts]
            if not added:
                what = "the pair has no judgement to be undone"
                raise CoercivityError.of("JUDGE-PAIR", what, where=written[:80], next="open the screening again")
        with self._adding():
            append(self.file, added, last_seen={pair_of(one): said.last_at for one in added})
        return pair

    @contextmanager
    def _adding(self) -> Iterator[None]:
        """One request after the other adds to the file; faults do not show the folder of the server."""
        with self._judging, placeless(self._places.state):
            if not self.is_own_file:
                self.file.parent.mkdir(parents=True, exist_ok=True)
            yield

    def start_from(self, source: Content) -> tuple[int, int]:
        """Adds the judgements of an uploaded file, and returns how many were added and how many were not needed.

        A judgement that is known, or older than one of the same pair, is not added.

        Raises:
            CoercivityError: With every fault of the file.
        """
        faults = Faults()
        sent, _ = read_judgements(source, faults)
        faults.raise_if_any()
        with self._adding():
            last = {pair_of(one): one.at for one in self.judgements()[0]}
            new = [one for one in dict.fromkeys(sent) if one.at > last.get(pair_of(one), "")]
            if new:
                append(self.file, new)
        return len(new), len(sent) - len(new)


def _content(upload: Upload) -> Content:
    """An upload under its own name, which says how it is read."""
    return Content(upload.name, upload.path.read_bytes())


@lru_cache(maxsize=1)
def notices() -> Mapping[str, str]:
    """Returns the instrument of each notice of the built-in lists, by party set."""
    parties = party_index(PACKED.book().folder / PARTIES).by_party.values()
    return {one.party_set: one.instrument_id for found in parties for one in found if one.instrument_id}
