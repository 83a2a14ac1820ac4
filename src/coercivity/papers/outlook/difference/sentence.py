"""The sentence on what differs between two runs of an outlook, and why; also if nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name, yearly
from coercivity.market.results.difference import RunDifference
from coercivity.market.results.driver_difference import DriverDifference
from coercivity.market.results.figure_difference import Figure
from coercivity.papers.outlook.names import clause_text
from coercivity.papers.outlook.read import ReadRun, num, percent
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import ELEMENTS, FORMS, OUTSIDE, named
from coercivity.papers.shared.days import day_text, month_text
from coercivity.papers.shared.words import Words, paper_words

_MOST_CAUSES, _MOST_NAMES = 2, 6
_LEAD = 0.5  # of the gap in both runs
_CONTRACTS = ("contracts", "without_contracts")
_NOTHING = 5e-4  # a share that reads as nothing
_UNANNOUNCED = ("shock", "desk")  # causes that no plan knows before they begin


def _words(table: str) -> Words:
    return paper_words("outlook_difference", table)


@dataclass(frozen=True)
class DifferenceTold:
    """The sentence on two runs.

    Attributes:
        a: One run.
        b: The other.
        what: What differs between them.
    """

    book: Rulebook
    report: OutlookReport
    a: ReadRun
    b: ReadRun
    what: RunDifference

    def sentence(self, lang: Lang) -> str:
        """Returns the sentence in one language."""
        what, figures, most = self.what, self.what["figures"], self.what["most_share"]
        values = {
            "a": self.a.key,
            "b": self.b.key,
            "last": month_text(self.report["months"][-1], lang),
            "most": percent(most, lang),
            "figure": self._figure(figures[0], lang) if figures else "",
            "causes": self._causes(lang),
            "later": self._later(lang) if what["verdict"] in ("later", "expected") else "",
            **self._carrier(lang),
            **self._part(lang),
        }
        text = say(_words("sentences")[self._form(most)], lang).format(**values)
        return text[:1].upper() + text[1:]

    def _form(self, most: float) -> str:
        what = self.what
        if what["verdict"] == "later":
            return "later_most" if most >= _NOTHING else "later"
        if what["verdict"] == "immaterial":
            return ("immaterial" if what["shared"] else "immaterial_alone") + ("" if most >= _NOTHING else "_none")
        if what["verdict"] != "differs":
            return what["verdict"]
        if self._part("en"):
            return "differs_part"
        shared = what["shared"]
        if what["kind"] == ["law"] and shared is not None and shared["share"] >= _LEAD:
            return "differs_shared"
        return "differs" if what["kind"] else "differs_alone"

    def _letter(self, side: str) -> str:
        return self.a.key if side == "a" else self.b.key

    def _figure(self, figure: Figure, lang: Lang) -> str:
        """Returns the largest difference as a clause."""
        lower = figure["a"] < figure["b"]
        low, high = ("a", "b") if lower else ("b", "a")
        least, largest = sorted((figure["a"], figure["b"]))
        parts = figure["measure"] == "without"
        ahead = figure["measure"] == "margin" and figure["month"] < self.what["from_month"]
        name = named(self.report, "uses" if parts else "goods", figure["name"])
        return say(_words("figures")["margin_ahead" if ahead else figure["measure"]], lang).format(
            name=say(name, lang),
            place=say(_words("places")[figure["region"]], lang),
            share=percent(figure["share"], lang),
            low=self._letter(low),
            high=self._letter(high),
            low_value=percent(least, lang) if parts else num(least),
            high_value=percent(largest, lang) if parts else num(largest),
            month=month_text(figure["month"], lang) if figure["month"] else "",
        )

    def _causes(self, lang: Lang) -> str:
        """Returns what causes the difference: rules in effect in one run only, and entries of the scenarios."""
        law = [self._law(lang)] if self.what["clauses"] else []
        others = [self._driver(entry, lang) for entry in self._begun()]
        found = [*law, *others] if self.what["kind"][:1] == ["law"] else [*others, *law]
        if not found:
            return ""
        told = reduce(say(_words("lists")["causes"], lang).format, found[:_MOST_CAUSES])
        left = len(found) - _MOST_CAUSES
        return say(_words("causes")["more"], lang).format(told, left) if left > 0 else told

    def _begun(self) -> list[DriverDifference]:
        """Returns the entries within the period, without unannounced ones that begin after the month of the figure.

        Contracts come last: they concern single buyers, the other entries a whole market.
        """
        entries = [entry for entry in self.what["drivers"] if not entry["later"]]
        month = self.what["figures"][0]["month"] if self.what["figures"] else ""
        begun = [e for e in entries if not month or e["cause"] not in _UNANNOUNCED or e["first"] <= month]
        return sorted(begun or entries, key=lambda e: e["stage"] in _CONTRACTS)

    def _law(self, lang: Lang) -> str:
        """Returns the instruments in effect in one run only."""
        clauses = self.what["clauses"]
        by_side = {
            side: list(dict.fromkeys(one["instrument"] or one["clause"] for one in clauses if one["run"] == side))
            for side in ("a", "b")
        }
        months = [one["month"] for one in clauses if one["month"]]
        side, other = ("a", "b") if by_side["a"] else ("b", "a")
        form = "law_both" if by_side[other] else "law" if months else "law_plants"
        if not months:
            form = "law_plants"
        return say(_words("causes")[form], lang).format(
            run=self._letter(side),
            other=self._letter(other),
            names=self._named(by_side[side], lang),
            others=self._named(by_side[other], lang),
            month=month_text(min(months), lang) if months else "",
        )

    def _driver(self, entry: DriverDifference, lang: Lang) -> str:
        """Returns an entry that only one scenario has, with its months."""
        kind, name = entry["cause"], entry["name"]
        stage, _, rest = name.partition(":")
        region = rest.rpartition(":")[2] if kind == "shock" else entry["region"]
        use = say(named(self.report, "uses", name), lang) if kind == "demand" else name
        named_by = {"behaviour": name, "policy": entry["stage"]}
        form = named_by[kind] if named_by.get(kind) else _desk_form(entry) if kind == "desk" else kind
        goods = [say(FORMS[g] if kind == "desk" else named(self.report, "goods", g), lang) for g in entry["goods"]]
        made = say(_words("causes")[form], lang).format(
            run=self._letter(entry["run"]),
            other=self._letter("b" if entry["run"] == "a" else "a"),
            name=say(ELEMENTS[name], lang) if form == "desk_off" else use,
            stage=self._stage(stage if kind == "shock" else entry["stage"], lang),
            region=self._country(region, lang) if kind == "desk" else self._region(region, lang),
            files=_files(goods, entry["user"], lang),
            goods=_listed(goods, lang) if goods else "",
            share=percent(entry["amount"], lang),
            amount=num(entry["amount"]),
        )
        first, last = (month_text(month, lang) if month else "" for month in (entry["first"], entry["last"]))
        word = "both" if first and last else "first" if first else "last"
        return say(_words("months")[word], lang).format(made, first or last, last) if first or last else made

    def _region(self, region: str, lang: Lang) -> str:
        return say(_words("places")["all"] if region == "all" else named(self.report, "regions", region), lang)

    def _country(self, code: str, lang: Lang) -> str:
        held = _words("places").get(code) or self.report["names"]["countries"].get(code)
        return say(held, lang) if held is not None else self._region(code, lang)

    def _stage(self, stage: str, lang: Lang) -> str:
        return say(_words("stages").get(stage, {"en": stage.replace("_", " ")}), lang)

    @property
    def in_force(self) -> dict[str, str]:
        """Since when the clauses that drive the gap in both runs apply; empty if the rulebook does not say."""
        found: dict[str, str] = {}
        for clause in (self.what["shared"] or {"clauses": []})["clauses"]:
            held = self.book.provision(clause)
            since = (held[1].effective_from or held[0].effective) if held is not None else None
            found[clause] = since.isoformat() if since is not None else ""
        return found

    def _carrier(self, lang: Lang) -> dict[str, str]:
        """Returns what drives the gap in both runs, and since when it applies."""
        shared = self.what["shared"]
        if shared is None:
            return {"carrier": "", "history": ""}
        held = [pair for clause in shared["clauses"] if (pair := self.book.provision(clause)) is not None]
        instruments = list(dict.fromkeys(instrument.id for instrument, _ in held))
        paused = any(e.type == "suspension" and e.touches(p.id) for i, p in held for e in i.events)
        since = max(self.in_force.values())
        word = "unknown" if not since else "before" if paused else "never"
        names = [clause_text(self.report, clause, lang) for clause in shared["clauses"]]
        carrier = self._named(instruments, lang) if len(instruments) == 1 else " + ".join(names)
        told = say(_words("history")[word], lang).format(since=day_text(since, lang) if since else "")
        return {"carrier": carrier, "history": told}

    def _part(self, lang: Lang) -> dict[str, str]:
        """Returns the clause whose part of the gap changes most, if it is a cause and its price comes first."""
        figures, parts = self.what["figures"], self.what["parts"]
        causes = {one["clause"] for one in self.what["clauses"]} | {one["name"] for one in self.what["drivers"]}
        if not figures or not parts or not causes & set(parts[0]["clauses"]):
            return {}
        if (figures[0]["measure"], figures[0]["region"], figures[0]["name"]) != ("margin", OUTSIDE, parts[0]["good"]):
            return {}
        names = [clause_text(self.report, clause, lang) for clause in parts[0]["clauses"]]
        return {"clause": " + ".join(names), "part_a": num(parts[0]["a"]), "part_b": num(parts[0]["b"])}

    def _later(self, lang: Lang) -> str:
        """Returns why nothing differs yet: suspensions or entries of the scenarios that part after the period."""
        first = min((entry["first"] for entry in self.what["drivers"]), default="")
        day = self._parting_day()
        if day and day[:7] > self.report["months"][-1]:
            return say(_words("later")["suspension"], lang).format(day=day_text(day, lang))
        if first and first > self.report["months"][-1]:
            return say(_words("later")["driver"], lang).format(month=month_text(first, lang))
        return say(_words("later")["unfelt"], lang)

    def _parting_day(self) -> str:
        """Returns the last day on which no suspension that still runs is treated differently."""
        left, right = self.a.body["assume"], self.b.body["assume"]
        changed = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
        ends = (self._alike_through(name, left.get(name, ""), right.get(name, "")) for name in changed)
        return min((day for day in ends if day[:7] >= self.report["months"][0]), default="")

    def _alike_through(self, name: str, one: str, other: str) -> str:
        """Returns the last day on which an instrument is suspended under both of two assumptions."""
        through = [text.partition(":")[2] for text in (one, other)]
        if all(through):
            return min(through)
        events = self.book.instruments[name].events if name in self.book.instruments else []
        return max((e.ends.isoformat() for e in events if e.type == "suspension" and e.ends is not None), default="")

    def _named(self, names: Sequence[str], lang: Lang) -> str:
        """Returns instruments by number, those of one year together; others by name."""
        years: dict[str, list[int]] = {}
        other = []
        for name in names:
            found = self.book.instruments.get(name)
            numbered = yearly(found) if found is not None else None
            if numbered is not None and numbered[1].isdigit():
                years.setdefault(numbered[0], []).append(int(numbered[1]))
            else:
                other.append(short_name(found, lang) if found is not None else clause_text(self.report, name, lang))
        told = [
            say(_words("lists")["numbers"], lang).format(_listed([str(n) for n in sorted(numbers)], lang), year)
            for year, numbers in sorted(years.items())
        ]
        return _listed([*told, *other][:_MOST_NAMES], lang)


def _desk_form(entry: DriverDifference) -> str:
    """Returns the form in which a difference in the licensing desk is told: a kind of event, an element, or neither."""
    if entry["name"] == "halt" and entry["amount"] == 1.0:
        return "desk_halt_all"
    return f"desk_{entry['name']}" if entry["region"] else "desk_off" if entry["name"] else "desk"


def _files(forms: Sequence[str], user: str, lang: Lang) -> str:
    """Returns the form and the user that an event of the licensing desk concerns; empty if all."""
    words = _words("files")
    told = say(words["forms"], lang).format(_listed(forms, lang)) if forms else ""
    return told + (say(words[user], lang) if user else "")


def _listed(names: Sequence[str], lang: Lang) -> str:
    """Returns names as a list in a sentence."""
    if not names:
        return ""
    head = reduce(say(_words("lists")["comma"], lang).format, names[:-1]) if len(names) > 1 else ""
    return say(_words("lists")["pair"], lang).format(head, names[-1]) if head else names[-1]
