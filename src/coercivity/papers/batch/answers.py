"""What the answer of a row means for the people who act on it: ground in words, next step, open question, file-by day.

Rows with the same answer share one reading, so that a table of any size has few of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import LANGS, Lang, say
from coercivity.batches.tally import BETWEEN_NAMES
from coercivity.law.consequences.applicability import is_export_control
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.calendars.calendar import calendar_of
from coercivity.law.rules.rulebook import Rule, Rulebook
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.lists import question_of
from coercivity.papers.shared.messages import Messages
from coercivity.papers.shared.names import Text, clause_shorts
from coercivity.papers.shared.words import paper_words

KEY = ("outcome", "finding", "may_become", "rules", "missing", "open_because", "wrong", "not_a_deal")
ORDER = ("stop", "apply", "ask", "check", "mend", "ship", "none")
FACTS, LAW = frozenset(("facts", "standing", "unread", "other_content", "names")), frozenset(("status", "text"))
_STEPS = paper_words("batch_workbook", "steps")
_TEXTS = paper_words("batch_workbook", "texts")
_BY_OUTCOME = {"PROCEED": "go", "LICENCE": "licence", "STOP": "stopped", "UNKNOWN": "open"}
_TECHNOLOGY, _ORDINARY, _DUAL_USE = "technology", "ordinary", "dual_use"
_MOST_CLAUSES = 4
_LONGEST_SEARCH = 200  # days before a date in which an application must be accepted


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """The answer of a row in words.

    Attributes:
        answer: go, licence, stopped, open, wrong or apart.
        action: One of `ORDER`.
        ground: Control status and clauses, or why there is no result.
        step: What to do next.
        question: The first open question; blank if there is none.
        licence: dual_use, ordinary or technology, if a licence is needed; otherwise blank.
        more: Number of further open questions.
    """

    answer: str
    action: str
    ground: Text
    step: Text
    question: Text
    licence: str = ""
    more: int = 0

    @property
    def subject(self) -> Text:
        """What the action is about: the open question, or the ground."""
        return self.question if self.question["en"] else self.ground

    @property
    def shared(self) -> tuple[str, ...]:
        """What rows with the same answer have in common; of open rows that is their first question."""
        return (self.answer, self.action, self.licence, self.step["en"], self.subject["en"])

    def asked(self, lang: Lang) -> str:
        """Returns the first open question and how many more there are."""
        told = say(self.question, lang)
        if not self.more:
            return told
        return told + (
            say(_TEXTS["and_one_more"], lang) if self.more == 1 else say(_TEXTS["and_more"], lang).format(self.more)
        )


class RowAnswers:
    """Reads the answers of rows; each distinct answer once.

    Args:
        book: The rulebook.
    """

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._rules = {rule.id: rule for rule in book.rules}
        self._messages = Messages(book.catalogue, book.words)
        self._clocks = {clock.id: clock for clock in load_licensing(book).clocks}
        self._calendar = calendar_of(book)
        self._known: dict[tuple[str, ...], RowAnswer] = {}
        self._days: dict[tuple[str, Day], Day | str] = {}

    def of(self, key: tuple[str, ...]) -> RowAnswer:
        """Returns the answer in words.

        Args:
            key: The entries of a row under the names of `KEY`; `wrong` is its input error, blank if there is none.
        """
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._made(dict(zip(KEY, key, strict=True)))
        return found

    def _made(self, row: Mapping[str, str]) -> RowAnswer:
        if row["not_a_deal"]:
            told = row["not_a_deal"]
            return RowAnswer("apart", "none", _kind_of_row(told), _STEPS["none"], _same(""))
        if row["wrong"]:
            return RowAnswer("wrong", "mend", self._told(row["wrong"]), _STEPS["mend"], _same(""))
        ground = self._ground(row)
        answer = _BY_OUTCOME[row["outcome"]]
        if answer == "go":
            return RowAnswer(answer, "ship", ground, _STEPS["ship"], _same(""))
        if answer == "stopped":
            return RowAnswer(answer, "stop", ground, _STEPS["stop"], _same(""))
        if answer == "licence":
            licence = self._licence(row["rules"])
            step = {_ORDINARY: "apply_ordinary", _TECHNOLOGY: "apply_technology"}.get(licence, "apply")
            return RowAnswer(answer, "apply", ground, _STEPS[step], _same(""), licence)
        return self._open(row, ground)

    def _open(self, row: Mapping[str, str], ground: Text) -> RowAnswer:
        missing, because = _names(row["missing"]), frozenset(_names(row["open_because"]))
        question: dict[str, str] = {lang: self._asked(missing[0], lang) if missing else "" for lang in LANGS}
        more = max(len(missing) - 1, 0)
        if missing and (because & FACTS or not because):
            step = _STEPS["date"] if missing[0] == "on" else _STEPS["ask"]
            return RowAnswer("open", "ask", ground, step, question, more=more)
        step = _STEPS["law" if because & LAW else "check" if because else "ask"]
        return RowAnswer("open", "check" if because else "ask", ground, step, question, more=more)

    def _ground(self, row: Mapping[str, str]) -> Text:
        """Returns the control status and the clauses it rests on."""
        findings, rules = self._book.words["findings"], _names(row["rules"])
        found: dict[str, str] = {}
        for lang in LANGS:
            told = say(findings.get(row["finding"], {"en": row["finding"]}), lang)
            shorts = list(clause_shorts(self._book, rules[:_MOST_CLAUSES], lang).values())
            joint, colon = ("、", "：") if lang == "zh" else (", ", ": ")
            if len(rules) > _MOST_CLAUSES:
                shorts.append(say(self._book.words["phrases"]["and_more"], lang).format(len(rules) - _MOST_CLAUSES))
            more = say(_TEXTS["may_become"], lang) if row["may_become"] else ""
            found[lang] = told[:1].upper() + told[1:] + (colon + joint.join(shorts) if shorts else "") + more
        return found

    def _asked(self, name: str, lang: Lang) -> str:
        book = self._book
        if name in book.catalogue or name in book.party_lists:
            return say(question_of(book, name), lang)
        if name == "on":
            return say(book.words["phrases"]["no_on"], lang)
        label = fact_label(name, lang)
        return say(_TEXTS["column_unread"], lang).format(label if label != name else self._messages_of(name, lang))

    def _messages_of(self, name: str, lang: Lang) -> str:
        return self._messages.text(name) if lang == "zh" else name

    def _told(self, text: str) -> Text:
        return {lang: self._messages_of(text, lang) for lang in LANGS}

    def _licence(self, rules: str) -> str:
        """Returns which licence the clauses ask for, the one of the longest period first."""
        held = [rule for name in _names(rules) if (rule := self._rules.get(name)) is not None]
        if any(_on_track(rule, "technology_licence") for rule in held):
            return _TECHNOLOGY
        if any(is_export_control(rule) for rule in held):
            return _DUAL_USE
        return _ORDINARY if any(_on_track(rule, "ordinary_export_licence") for rule in held) else _DUAL_USE

    def file_by(self, answer: RowAnswer, on: Day | None) -> Day | str:
        """Returns the last day on which the application may be accepted; blank, or a word of `texts`, if there is none.

        Args:
            answer: The answer of the row.
            on: Its transaction date.

        Source: Decree 792, Articles 17 and 18; Decree 331, Articles 32 and 34.
        """
        if not answer.licence:
            return ""
        if answer.licence == _ORDINARY:
            return "no_period"
        if on is None:
            return "no_day"
        place = (answer.licence, on)
        if place not in self._days:
            self._days[place] = self._latest(answer.licence, on)
        return self._days[place]

    def _latest(self, licence: str, on: Day) -> Day | str:
        names = ("technology_review", "technology_licence") if licence == _TECHNOLOGY else ("licence_decision",)
        low, high = on - _LONGEST_SEARCH * ONE_DAY, on
        end = self._end(names, low)
        if end is None:
            return "no_calendar"
        while (high - low).days > 1:
            middle = low + ((high - low).days // 2) * ONE_DAY
            end = self._end(names, middle)
            if end is not None and end <= on:
                low = middle
            else:
                high = middle
        return low

    def _end(self, names: tuple[str, ...], start: Day) -> Day | None:
        """Returns the last day of one period after another, the latest if working days are assumed."""
        for name in names:
            end = self._clocks[name].clock(start, self._calendar)
            if end.day is None:
                return None
            start = end.span[1] if end.span else end.day
        return start


def _kind_of_row(kind: str) -> Text:
    return paper_words("batch_summary", "words")[kind.replace(" ", "_")]


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split(BETWEEN_NAMES))) if text else ()


def _same(text: str) -> Text:
    return dict.fromkeys(LANGS, text)


def _on_track(rule: Rule, track: str) -> bool:
    return track in rule.provision.track
