"""The summary of a batch run: results, rules applied, and the missing facts that would settle the most rows.

The sections are made once and shown as lines, as JSON and as a worksheet. Times and rates are only printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from coercivity.base.canonical import canonical_json, round_sig
from coercivity.base.errors import brief_value
from coercivity.base.words import Lang, plain, say
from coercivity.batches.messages import ERROR, NO_DEAL, NOTE, Message
from coercivity.batches.tally import OUTCOMES, About, Tally
from coercivity.law.rules.model import Finding
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.lists import lists_named, question_of
from coercivity.papers.shared.messages import Messages
from coercivity.papers.shared.names import clause_shorts
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.steps import vouch_text
from coercivity.papers.shared.terminal import columns_of, filled
from coercivity.papers.shared.words import paper_words

MOST_RULES = 20
NOT_HELD = Finding.NOT_HELD.word
MOST_SETTLING = 10
MOST_NAMES = 1_000  # parties to be identified; the rows have all of them
MOST_NAMES_SHOWN = 50
MOST_MESSAGES = 100
Entry = int | float | str
Row = tuple[Entry, ...]
_LONGEST = 120
_GAP = "  "
_ROW, _AS_OF = "row ", ", as of "  # as the run writes them
_WORDS = paper_words("batch_summary", "words")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the summary.

    Attributes:
        title: Its title.
        head: Titles of the columns; empty if each row names its value.
        rows: Counts, masses [kg] and texts.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


def summary_lines(
    tally: Tally, about: About, book: Rulebook, lang: Lang = "en", *, pace: tuple[float, float] | None = None
) -> Iterator[str]:
    """Yields the summary as lines of text without control characters.

    Args:
        tally: Counts of the whole run.
        about: Origin of the results.
        book: The rulebook, for names and questions.
        lang: Language of titles and questions.
        pace: Time taken [s] and rows per second; only for the terminal, as it differs between runs.
    """
    yield plain(about.source)
    yield sum_line(tally, lang)
    if pace is not None:
        yield say(_WORDS["pace"], lang).format(f"{pace[0]:,.1f}", f"{pace[1]:,.0f}")
    for section in sections(tally, about, book=book, lang=lang):
        yield ""
        yield section.title
        yield from _table(section)
    yield ""
    yield say(book.words["phrases"]["not_legal_advice"], lang)


def summary_json(tally: Tally, about: About, groups: Iterable[Mapping[str, object]] = ()) -> bytes:
    """Returns the summary as canonical JSON; masses are decimal text of nine significant digits [kg].

    Args:
        tally: Counts of the whole run.
        about: Origin of the results.
        groups: Rows with the same answer, as plain data.
    """
    body: dict[str, object] = tally.as_dict()
    body["names"] = len(tally.names)
    body["names_to_identify"] = [
        {"fact": fact, "written": name, "rows": rows} for fact, name, rows in tally.unidentified(MOST_NAMES)
    ]
    body["mass_kg"] = {outcome: mass_text(mass) for outcome, mass in tally.mass_kg.items()}
    body["balances"] = tally.balances()
    body["settling"] = [
        {"fact": name, "alone": alone, "open_in": touched} for name, alone, touched in tally.settling(MOST_SETTLING)
    ]
    named = ("source", "input_hash", "pack", "pack_hash", "engine", "distinct_cases", "kinds", "standing_by")
    body |= {name: getattr(about, name) for name in named}
    body |= {"columns": dict(about.columns), "error_examples": dict(about.error_examples)}
    body |= {"unused": list(about.unused), "reader_notes": list(about.reader_notes)}
    if about.vouches:
        body["vouches"] = list(about.vouches)
    body["groups"] = [*groups]
    body["lists"] = [{"list": name, "version": day, "completeness": state} for name, day, state in about.lists]
    if NOT_HELD in tally.findings:
        body["covered_from"] = dict(about.covered_from)
    return canonical_json(body)


def sum_line(tally: Tally, lang: Lang = "en") -> str:
    """Returns the sum over all rows, with a warning if the totals do not match."""
    parts = [f"{tally.outcomes[outcome]:,} {outcome_text(outcome, lang)}" for outcome in _outcomes(tally)]
    parts.append(f"{tally.input_errors.total():,} {say(_WORDS['input_errors'], lang)}")
    if tally.not_deals:
        parts.append(f"{tally.not_deals.total():,} {say(_WORDS['not_deals_n'], lang)}")
    line = f"{tally.rows:,} {say(_WORDS['rows'], lang)} = {' + '.join(parts)}"
    return line if tally.balances() else f"{line}  {say(_WORDS['off'], lang)}"


def sections(tally: Tally, about: About, *, book: Rulebook | None, lang: Lang = "en") -> Iterator[Section]:
    """Yields the tables of the summary that have rows.

    Args:
        tally: Counts of the whole run.
        about: Origin of the results.
        book: The rulebook; without it rules, control statuses and facts are named by their ids only.
        lang: Language of titles and questions.
    """
    settling = [
        (alone, touched, _named(book, name, lang), _question(book, name, lang))
        for name, alone, touched in tally.settling()
    ]
    tables: list[tuple[str, tuple[str, ...], list[Row]]] = [
        ("outcomes", ("rows", "outcome", "mass", "meaning"), _outcome_rows(tally, book, lang)),
        ("settling", ("alone", "touched", "fact", "question"), [*settling]),
        ("names", ("rows", "party_role", "name"), _name_rows(tally, lang)),
        ("counts", (), _count_rows(tally, about, lang)),
        ("findings", ("rows", "finding"), [(n, _finding(book, k, lang)) for k, n in _most(tally.findings)]),
        ("rules", ("rows", "reference", "provision"), _rule_rows(tally, book, lang)),
        ("errors", ("rows", "where", "message"), _message_rows(tally, ERROR, book, lang)),
        ("not_deals", ("rows", "where", "what"), _message_rows(tally, NO_DEAL, book, lang)),
        ("fixes", ("rows", "where", "message"), _message_rows(tally, NOTE, book, lang)),
        ("lists", ("list", "version", "completeness"), _list_rows(about, book, lang)),
        ("columns", ("column", "role"), _column_rows(about, book, lang)),
        ("reader", (), [(_note(book, note, lang),) for note in about.reader_notes]),
        ("run", (), _run_rows(about, lang)),
        ("vouches", (), [(say(vouch_text(vouch), lang),) for vouch in about.vouches]),
    ]
    for name, head, rows in tables:
        if rows:
            yield Section(say(_WORDS[name], lang), tuple(say(_WORDS[word], lang) for word in head), tuple(rows))


def mass_text(mass_kg: float) -> str:
    """Returns a mass as decimal text of at most nine significant digits [kg]."""
    return format(Decimal(repr(round_sig(mass_kg))).normalize(), "f")


def _outcomes(tally: Tally) -> list[str]:
    return [*OUTCOMES, *sorted(set(tally.outcomes) - set(OUTCOMES))]


def _most(counts: Mapping[str, int], most: int | None = None) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:most]


def _label(book: Rulebook | None, group: str, word: str, lang: Lang) -> str:
    words = book.words.get(group, {}).get(word) if book is not None else None
    return say(words, lang) if words else word


def _finding(book: Rulebook | None, word: str, lang: Lang) -> str:
    """Returns a control status in words; rows dated before the rules begin say when these begin."""
    if word != NOT_HELD or book is None:
        return _label(book, "findings", word, lang)
    days = (book.covered_from.goods, book.covered_from.technology)
    return say(book.words["phrases"]["not_held_goods"], lang).format(*(day_text(day, lang) for day in days))


def _outcome_rows(tally: Tally, book: Rulebook | None, lang: Lang) -> list[Row]:
    return [
        (tally.outcomes[name], outcome_text(name, lang), tally.mass_kg.get(name, ""), _meaning(book, name, lang))
        for name in _outcomes(tally)
    ]


def _meaning(book: Rulebook | None, outcome: str, lang: Lang) -> str:
    """Returns the meaning of an outcome; short for UNKNOWN, as not every such row lacks a fact."""
    if outcome == "UNKNOWN":
        return _label(book, "phrases", "undecided", lang) if book is not None else ""
    return _label(book, "outcomes", outcome, lang) if book is not None else ""


def _name_rows(tally: Tally, lang: Lang) -> list[Row]:
    """Returns the parties to be identified, those of most rows first."""
    found: list[Row] = [
        (rows, fact_label(fact, lang), brief_value(name, longest=_LONGEST))
        for fact, name, rows in tally.unidentified(MOST_NAMES_SHOWN)
    ]
    left = len(tally.names) - len(found)
    return [*found, ("", "", say(_WORDS["more_names"], lang).format(f"{left:,}"))] if left else found


def _count_rows(tally: Tally, about: About, lang: Lang) -> list[Row]:
    counts = {
        "cases": about.distinct_cases,
        "kinds": about.kinds,
        "duplicates": tally.duplicates,
        "noted": tally.noted,
        "nothing_missing": tally.nothing_missing,
        "without_mass": tally.without_mass,
    }
    return [(count, say(_WORDS[name], lang)) for name, count in counts.items()]


def _run_rows(about: About, lang: Lang) -> list[Row]:
    values = {name: getattr(about, name) for name in ("source", "input_hash", "pack", "pack_hash", "engine")}
    values["standing_by"] = about.standing_by or say(_WORDS["nobody"], lang)
    return [(say(_WORDS[name], lang), value) for name, value in values.items()]


def _rule_rows(tally: Tally, book: Rulebook | None, lang: Lang) -> list[Row]:
    most = _most(tally.rules, MOST_RULES)
    named = clause_shorts(book, [name for name, _ in most], lang) if book is not None else {}
    return [(count, "" if named.get(name, name) == name else named[name], name) for name, count in most]


def example_text(text: str, book: Rulebook, lang: Lang) -> str:
    """Returns the example of an input error, `row 9: ...`, in a language."""
    row, sign, told = text.partition(": ")
    if lang != "zh" or not sign or not row.startswith(_ROW):
        return text
    return say(_WORDS["row_told"], lang).format(row.removeprefix(_ROW), _messages(book).text(told))


def _messages(book: Rulebook) -> Messages:
    return Messages(book.catalogue, book.words)


def _message_rows(tally: Tally, severity: str, book: Rulebook | None, lang: Lang) -> list[Row]:
    """Returns one row per kind of message, with the rows it concerns."""
    held = [message for message in tally.messages if message.severity == severity]
    found: list[Row] = [
        (message.count, rows_named(message, lang), message_text(message, book, lang))
        for message in held[:MOST_MESSAGES]
    ]
    left = len(held) - len(found)
    return [*found, ("", "", say(_WORDS["more_messages"], lang).format(f"{left:,}"))] if left else found


def rows_named(message: Message, lang: Lang) -> str:
    """Returns the first rows of a message, and how many there are: `4, 9, 12 … (23 rows)`."""
    more = say(_WORDS["in_all"], lang).format(f"{message.count:,}") if message.count > len(message.rows) else ""
    return f"{', '.join(map(str, message.rows))}{more}"


def message_text(message: Message, book: Rulebook | None, lang: Lang) -> str:
    """Returns what a message says; in Chinese the message of its first row if the kind has no Chinese."""
    if message.severity == NO_DEAL:
        return say(_WORDS[message.kind.replace(" ", "_")], lang)
    if lang != "zh" or book is None:
        return message.text
    told = _messages(book).text(message.kind)
    if message.count == 1 or told == message.kind:
        return _messages(book).text(message.example)
    return told


def _question(book: Rulebook | None, name: str, lang: Lang) -> str:
    """Returns the question of a fact; a name that is not a fact is a column that could not be read."""
    if book is None:
        return ""
    if name in book.catalogue or name in book.party_lists:
        return say(question_of(book, name), lang)
    return _label(book, "phrases", "no_on" if name == "on" else "open_unread", lang)


def _list_rows(about: About, book: Rulebook | None, lang: Lang) -> list[Row]:
    return [
        (_label(book, "lists", name, lang), _version(day, lang), say(_WORDS[state], lang) if state in _WORDS else state)
        for name, day, state in about.lists
    ]


def _version(version: str, lang: Lang) -> str:
    """The version of a list with its as-of day."""
    told, sign, day = version.partition(_AS_OF)
    return say(_WORDS["as_of"], lang).format(told, day) if sign else version


def _column_rows(about: About, book: Rulebook | None, lang: Lang) -> list[Row]:
    unused = say(_WORDS["unused"], lang)
    roles = [(column, _named(book, role, lang)) for column, role in about.columns.items()]
    return [*roles, *((name, unused) for name in about.unused)]


def _named(book: Rulebook | None, name: str, lang: Lang) -> str:
    """A fact or the role of a column by its Chinese name; in English by its id, as in a column mapping."""
    if lang != "zh" or book is None:
        return name
    if name in book.party_lists:
        return lists_named(book, [name], lang)
    found = fact_label(name, lang)
    return found if found != name else _messages(book).text(name)


def _note(book: Rulebook | None, note: str, lang: Lang) -> str:
    return _messages(book).text(note) if lang == "zh" and book is not None else note


def _table(section: Section) -> Iterator[str]:
    """Yields the rows in columns: numbers aligned right, texts left, the last column at its own length."""
    lines = [section.head, *section.rows] if section.head else [*section.rows]
    texts = [[_shown(entry) for entry in line] for line in lines]
    widths = [max(columns_of(line[place]) for line in texts) for place in range(len(texts[0]))]
    right = [
        all(entry == "" or not isinstance(entry, str) for entry in column) for column in zip(*section.rows, strict=True)
    ]
    for line in texts:
        cells = [
            text if not right[place] and place == len(line) - 1 else filled(text, widths[place], right=right[place])
            for place, text in enumerate(line)
        ]
        yield _GAP + _GAP.join(cells).rstrip()


def _shown(entry: Entry) -> str:
    if isinstance(entry, str):
        return plain(entry)
    if isinstance(entry, int) or entry >= 1:
        return f"{entry:,.0f}"  # whole kilograms; the JSON and the worksheet keep the decimals
    return f"{entry:.3g}"
