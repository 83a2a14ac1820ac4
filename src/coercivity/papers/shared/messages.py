"""Messages composed in English, such as notes on how an entry was read and input errors, shown in Chinese.

Notes and errors are English wherever they are made, stored and exported. A page in Chinese looks each of them up in
`words/messages.yaml`, and in the words of the rulebook, by its English form. One that is not listed stays in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from coercivity.base.errors import Fault
from coercivity.cases.lot_papers.compare import CONFLICT_ID
from coercivity.cases.lot_papers.kinds import paper_kinds
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.textyaml import load_file
from coercivity.firm.company.spec import company_form
from coercivity.law.explain.conflicts import conflict_texts
from coercivity.ministry.fund.form import fund_form
from coercivity.ministry.strategy.spec import strategy_form
from coercivity.papers.shared.facts import LABELS
from coercivity.workbooks.spec import SheetSpec, folded

Words = Mapping[str, Mapping[str, Mapping[str, str]]]
NOTE_JOINT, JOINT = " | ", "; "
_FORMS = (company_form, fund_form, strategy_form)  # of workbooks whose sheets and columns have Chinese names
_FILE = Path(__file__).parents[1] / "words" / "messages.yaml"
_NAME_QUESTIONS = ("name_may_be", "name_other", "name_none")  # phrases of the rulebook that enter notes
_VALUE = re.compile(r"\{(\d)\}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DAY = re.compile(r"(?<![\w“'\"-])(\d{4})-(\d{2})-(\d{2})(?![\w”'\"-])")
_PERCENT = re.compile(r"(?<=\d) %")
_ERROR = re.compile(r"([A-Z]+(?:-[A-Z]+)*): (?:column ('[^']*'|\"[^\"]*\"): )?(.+)", re.DOTALL)
_NEAREST = re.compile(r"(.+?) \(nearest: ([^()]*)\)(?:; (.+))?", re.DOTALL)
_READING = re.compile(r"([^:']{1,60}): ('[^']*'|\"[^\"]*\") = (.+)", re.DOTALL)
_ROW = re.compile(r"([^:;,]{1,40}) (row|entry) (\d+)(?: \((cell [A-Z]{1,3}\d+|line \d+)\))?(?:, ([^,]{1,40}))?")
_CELLS = re.compile(r"(.{1,40}?) \(cells ([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)\)")
_PREFIX = re.compile(r"([^:]{1,60}): (.+)", re.DOTALL)


class _Form(NamedTuple):
    """A listed message with values.

    Attributes:
        pattern: Its English, as an expression.
        zh: Its Chinese.
        texts: Places of the values that are texts themselves.
        loose: Whether it begins and ends with a value; it then counts only if the text at its end is listed as well.
    """

    pattern: re.Pattern[str]
    zh: str
    texts: str
    loose: bool


@lru_cache(maxsize=1)
def listed() -> tuple[Mapping[str, str], ...]:
    """Returns the listed messages: `en`, `zh`, and in `texts` the places of values that are texts themselves."""
    return tuple(entry for entries in load_file(_FILE).values() for entry in entries)


class Messages:
    """The Chinese of messages.

    Args:
        catalogue: Facts, for the names of facts and values in a message.
        words: Words of the rulebook.
    """

    def __init__(self, catalogue: FactCatalogue, words: Words) -> None:
        self._catalogue = catalogue
        parties = catalogue["different_from"].values.values() if "different_from" in catalogue else ()
        self._parties = {words.en: words.as_dict().get("zh", words.en) for words in parties}
        entries = [*listed(), *_of_rulebook(words), *_of_documents()]
        self._fixed = {entry["en"]: entry["zh"] for entry in entries if not _VALUE.search(entry["en"])}
        forms = [_ranked(entry) for entry in entries if _VALUE.search(entry["en"])]
        # A form that begins with words, or has more of them, is the more certain one.
        self._forms = [form for _, form in sorted(forms, key=lambda found: found[0])]

    def text(self, text: str) -> str:
        """Returns a message in Chinese; English if it is not listed.

        Args:
            text: One message, several joined as in the results of a batch, or an error with its code.
        """
        return NOTE_JOINT.join(map(self._piece, text.split(NOTE_JOINT))) if text else text

    def fault(self, fault: Fault) -> Fault:
        """Returns an error with its texts in Chinese; its code and the nearest names are unchanged."""
        return replace(fault, what=self.text(fault.what), where=self.place(fault.where), next=self.text(fault.next))

    def place(self, where: str) -> str:
        """Returns a place: a sheet or its row, with its cell or column, or any other text.

        Sheets and columns of the workbook have their Chinese names, and in brackets those that the user wrote.
        """
        if cells := _CELLS.fullmatch(where):
            return f"{_sheet(cells[1]) or cells[1]}（单元格{cells[2]}）"
        found = _ROW.fullmatch(where)
        if found is None:
            return _sheet(where) or self.text(where)
        sheet, kind, number, inside, column = found.groups()
        column = _column(column, sheet) if column else ""
        sheet = _sheet(sheet) or sheet
        row = f"{sheet}第{number}行" if kind == "row" else f"{sheet}第{number}条"
        word, _, at = (inside or "").partition(" ")
        inner = f"（单元格{at}）" if word == "cell" else f"（第{at}行）" if word == "line" else ""
        return row + inner + (f"，{column}" if column else "")

    def nearest(self, names: Sequence[str]) -> str:
        """Returns the nearest valid names in one text, codes of countries with the names of the countries."""
        countries = self._catalogue.countries
        if not names or not all(name in countries for name in names):
            return ", ".join(names)
        return "、".join(f"{countries[name].as_dict().get('zh', name)} {name}" for name in names)

    def _piece(self, text: str) -> str:
        if (place := _ROW.fullmatch(text)) and _sheet(place[1]):
            return self.place(text)
        if reading := _READING.fullmatch(text):
            return f"{self._name(reading[1])}“{reading[2][1:-1]}”：{self._joined(reading[3]) or reading[3]}"
        prefixed = _PREFIX.fullmatch(text)
        if prefixed and (prefixed[1] in self._fixed or prefixed[1] in self._catalogue):
            if (told := self._joined(prefixed[2])) is None and (whole := self._found(text)) is not None:
                return whole
            name = self._name(prefixed[1])
            # A question about the name of a party begins with its role.
            return told if told and told.startswith(f"{name}“") else f"{name}：{told or prefixed[2]}"
        if error := _ERROR.fullmatch(text):
            return self._error(error)
        if _NEAREST.fullmatch(text):
            return self._with_nearest(text)
        if (found := self._found(text)) is not None:
            return found
        if prefixed and (told := self._joined(prefixed[2])) is not None:
            return f"{_column(prefixed[1])}：{told}"
        return self._joined(text) or text

    def _error(self, error: re.Match[str]) -> str:
        code, column, rest = error.groups()
        return f"{code}：" + (f"“{column[1:-1]}”列：" if column else "") + self._with_nearest(rest)

    def _with_nearest(self, text: str) -> str:
        near = _NEAREST.fullmatch(text)
        what, names, step = near.groups() if near else (text, "", "")
        told = self._joined(what) or what
        told += f"（最接近：{self.nearest(names.split(', '))}）" if names else ""
        return told + (f"；{self._joined(step) or step}" if step else "")

    def _joined(self, text: str) -> str | None:
        """Returns several messages in one text, or None if the first of them is not listed."""
        parts, said, at = text.split(JOINT), list[str](), 0
        while at < len(parts):
            for end in range(len(parts), at, -1):
                found = self._found(JOINT.join(parts[at:end]))
                if found is not None:
                    break
            else:
                if not said:
                    return None
                found, end = parts[at], at + 1
            said.append(found)
            at = end
        return "；".join(said)

    def _found(self, text: str) -> str | None:
        """Returns a single message, or None if it is not listed."""
        if text in self._fixed:
            return self._fixed[text]
        for form in self._forms:
            found = form.pattern.fullmatch(text)
            if found is None or (form.loose and self._found(found.groups()[-1]) is None):
                continue
            if found.start(1) == 0 and ": " in found[1] and not _QUOTED.fullmatch(found[1]):
                continue  # the name of a column, and then another message
            last = found.groups()[-1]
            if JOINT in last and text.endswith(last) and self._found(last) is None:
                continue  # several messages
            return form.zh.format(
                *(
                    self._inner(value) if str(place) in form.texts else _shown(value)
                    for place, value in enumerate(found.groups())
                )
            )
        return None

    def _inner(self, text: str) -> str:
        """Returns a value of a message that is a text itself: a message, facts, a country, or a value of a fact."""
        if _QUOTED.fullmatch(text):
            return f"“{self._name(text[1:-1])}”"
        if _ROW.fullmatch(text):
            return self.place(text)
        return (
            self._fixed.get(text) or self._several(text) or self._found(text) or self._facts(text) or self._name(text)
        )

    def _facts(self, text: str) -> str:
        """Returns facts written as `name value, name value`; empty if the text is something else."""
        said = []
        for part in text.split(", "):
            name, _, value = part.partition(" ")
            if name not in self._catalogue or not value:
                return ""
            values = "、".join(self._name(one, fact=name) for one in value.split("+"))
            said.append(f"{self._name(name)}：{values}")
        return "；".join(said)

    def _several(self, text: str) -> str:
        """Returns listed texts separated by commas, or by `or`; empty if one of them is not listed."""
        for joint, chinese in (", or ", "，或"), (", ", "，"):
            told = [self._found(part) for part in text.split(joint)]
            if len(told) > 1 and all(told):
                return chinese.join(filter(None, told))
        return ""

    def _name(self, text: str, *, fact: str = "") -> str:
        """Returns the Chinese name of a fact, a country or a value; the text itself if it has none."""
        if text in self._fixed:
            return self._fixed[text]
        if text in self._catalogue:
            question = self._catalogue[text].question.as_dict().get("zh", text)
            return LABELS[text]["zh"] if text in LABELS else question
        if text in self._catalogue.countries:
            return self._catalogue.countries[text].as_dict().get("zh", text)
        if text in self._parties:
            return self._parties[text]
        for name in [fact] if fact else self._catalogue:
            words = self._catalogue[name].values.get(text)
            if words is not None:
                return words.as_dict().get("zh", text).partition("（")[0]
        return _sheet(text) or _column(text)


def _sheet(name: str) -> str:
    """Returns the Chinese name of a sheet of a workbook, and in brackets the one written; blank if it is none."""
    spec = next(_specs_of(name), None)
    return _with_own(spec.names["zh"], name) if spec is not None else ""


def _specs_of(name: str) -> Iterator[SheetSpec]:
    """Yields the sheets that a name means in the forms of workbook: those called so before those also known so."""
    found = [spec for form in _FORMS if (spec := form().spec_of(name)) is not None]
    return iter(sorted(found, key=lambda spec: folded(name) not in map(folded, (spec.key, *spec.names.values()))))


def _column(name: str, sheet: str = "") -> str:
    """Returns the same of a column of a sheet, or of any sheet if all call it the same; else the name as it is."""
    plain = folded(name)
    named = list(_specs_of(sheet)) if sheet else []
    for specs in [named] if named else [form().sheets.values() for form in _FORMS]:
        found = {c.names["zh"] for each in specs for c in each.columns.values() if plain in c.spellings}
        if found:
            return _with_own(found.pop(), name) if len(found) == 1 else _shown(name)
    return _shown(name)


def _with_own(chinese: str, own: str) -> str:
    return own if own == chinese or not own.isascii() else f"{chinese}（{own}）"


def _of_documents() -> list[Mapping[str, str]]:
    """Returns the texts that enter a fault about the documents of a lot: kinds, and the question of the conflict."""
    ask = conflict_texts()[CONFLICT_ID].ask.as_dict()
    named = (kind.as_dict() for kind in paper_kinds().kinds.values())
    return [{"en": ask["en"], "zh": ask["zh"]}, *({"en": f"{k['en']} {{0}}", "zh": f"{k['zh']}{{0}}"} for k in named)]


def _of_rulebook(words: Words) -> list[Mapping[str, str]]:
    """Returns the texts of the rulebook that enter notes, in the form of listed messages."""
    found: list[Mapping[str, str]] = [text for text in words.get("name_reasons", {}).values() if "zh" in text]
    found += [text for text in words.get("parties", {}).values() if "zh" in text]
    for name in _NAME_QUESTIONS:
        text = words.get("phrases", {}).get(name, {})
        if "zh" in text:
            before = text["en"].split("{}")[:-1]
            places = [f"{{{place}}}" for place in range(len(before))]
            # An id, which stands first in brackets, is entered as it is.
            texts = "".join(str(place) for place, words_before in enumerate(before) if not words_before.endswith("["))
            en, zh = (text[lang].replace("{}", "\0") for lang in ("en", "zh"))
            for place in places:
                en, zh = en.replace("\0", place, 1), zh.replace("\0", place, 1)
            found.append({"en": en, "zh": zh, "texts": texts})
    return found


def _ranked(entry: Mapping[str, str]) -> tuple[tuple[bool, int], _Form]:
    parts = _VALUE.split(entry["en"])
    pattern = "".join(re.escape(part) if at % 2 == 0 else "(.+?)" for at, part in enumerate(parts))
    loose = not parts[0] and parts[-3].endswith(": ") and not parts[-1]
    form = _Form(re.compile(pattern, re.DOTALL), entry["zh"], entry.get("texts", ""), loose)
    return (not parts[0], -sum(map(len, parts[::2]))), form


def _shown(text: str) -> str:
    """Returns a value with Chinese quotation marks, dates and percentages."""
    plain = _QUOTED.sub(lambda found: f"“{found[0][1:-1]}”", _PERCENT.sub("%", text))
    return _DAY.sub(lambda found: f"{int(found[1])}年{int(found[2])}月{int(found[3])}日", plain)
