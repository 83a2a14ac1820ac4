"""Names on the page of an outlook, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.words import Lang, say
from coercivity.papers.outlook.report_data import OutlookReport, PartyNames, Text
from coercivity.papers.outlook.words import PHRASES, WAYS, named
from coercivity.papers.shared.terminal import label
from coercivity.papers.shared.words import paper_words

CHARGES = paper_words("outlook_words", "charges")
_USERS = paper_words("outlook_words", "users")
_RECIPES = paper_words("outlook_words", "recipes")
_NEEDS = paper_words("outlook_words", "needs")
_UNITS = paper_words("outlook_words", "units")
_PARTIES = paper_words("market_clause_text", "parties")
RECYCLED = "+"


class Names:
    """The names that the page of an outlook uses."""

    def __init__(self, report: OutlookReport, lang: Lang) -> None:
        self._report, self._lang = report, lang

    def named(self, group: str, name: str) -> Text:
        """Returns the name of a product, region, use, clause, control status, user or plant."""
        if group == "clauses":
            return {"en": clause_text(self._report, name, self._lang)}
        if group == "findings":
            return {"en": self._finding(name)}
        if name in _USERS:
            return _USERS[name]
        if group == "recipes":
            return {"en": self._recipe(name)}
        return named(self._report, group, name)  # type: ignore[arg-type] # the templates name the groups

    def way(self, way: str) -> str:
        """Returns a licence status, or in the rows of uses a recipe."""
        return say(WAYS[way], self._lang) if way in WAYS else self._recipe(way)

    def _recipe(self, name: str) -> str:
        """Returns a recipe; a number after its name is the multiple of the base price at which it pays."""
        word, _, number = name.partition("_")
        told = say(_RECIPES.get(word, {"en": word}), self._lang)
        if not number.replace(".", "").isdigit():
            return told
        return say(_RECIPES["numbered"], self._lang).format(told, number)

    def _finding(self, name: str) -> str:
        """Returns a control status; of a plant the status of each thing that it needs from China."""
        if ": " not in name:
            return label("findings", name, self._lang)
        told = []
        for entry in name.split("; "):
            need, _, finding = entry.partition(": ")
            word = say(_NEEDS.get(need, {"en": need}), self._lang)
            told.append(say(_NEEDS["entry"], self._lang).format(word, label("findings", finding, self._lang)))
        return ("；" if self._lang == "zh" else "; ").join(told)

    def together(self, clauses: Sequence[str]) -> Text:
        """Returns the name of a clause, or the names of clauses that bind together."""
        told = " + ".join(clause_text(self._report, clause, self._lang) for clause in clauses)
        return {"en": told}

    def region(self, name: str) -> str:
        """Returns the name of a region; a plus sign after its id marks recycled material."""
        told = say(named(self._report, "regions", name.rstrip(RECYCLED)), self._lang)
        return f"{told} {say(PHRASES['recycled'], self._lang)}" if name.endswith(RECYCLED) else told

    def payer(self, who: str) -> str:
        """Returns who bears a cost."""
        return party(who, self._report["names"], self._lang)

    def unit(self, unit: str) -> str:
        """Returns the unit of an assumption: in English with what it refers to, in Chinese without."""
        word = unit.partition(" ")[0]
        return say(_UNITS[word], self._lang) if self._lang == "zh" and word in _UNITS else unit.replace("_", " ")


def clause_text(report: OutlookReport, name: str, lang: Lang) -> str:
    """Returns the short name of a clause, or of a charge that is not one."""
    return say(CHARGES[name] if name in CHARGES else named(report, "clauses", name), lang)


def party(who: str, names: PartyNames, lang: Lang = "en") -> str:
    """Returns a party of the accounts in words.

    Args:
        who: Such as `maker:CN`, `use:EUR:wind`, `licence:JP`, `tax`.
        names: Names of regions and uses.
        lang: Language.
    """
    kind, _, rest = who.partition(":")
    region, _, use = rest.partition(":")
    place = say(names["regions"].get(region, {"en": region}), lang)
    if kind == "use":
        return say(_PARTIES["use"], lang).format(use=say(names["uses"].get(use, {"en": use}), lang), place=place)
    known = _PARTIES.get(kind)
    return say(known, lang).format(place=place) if known is not None else who
