"""Checks of `firm.yaml` beyond its schema: units, shares, references, order of dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.catalogue import Country, nearest_country
from coercivity.data.textyaml import TextList, TextMap
from coercivity.firm.amounts import PIECES, UNITS, parse_amount

GRADES = ("N", "M", "H", "SH", "UH", "EH", "AH", "TH", "SmCo5", "Sm2Co17")
_LONGEST_DAYS = 3_660


def check_firm(
    raw: TextMap, name: str, *, elements: Mapping[str, object], countries: Mapping[str, Country], faults: Faults
) -> None:
    """Adds every error that the schema cannot detect; entries of the wrong form are skipped.

    Args:
        raw: The file as text with its lines.
        name: Name of the file, for messages.
        elements: Known elements.
        countries: Known country codes.
        faults: Collects every error.
    """
    _Check(raw, name, faults).run(elements, countries)


class _Check:
    def __init__(self, raw: TextMap, name: str, faults: Faults) -> None:
        self.raw, self.name, self.faults = raw, name, faults

    def run(self, elements: Mapping[str, object], countries: Mapping[str, Country]) -> None:
        items = {entry["id"]: entry for entry in self._each("items") if isinstance(entry.get("id"), str)}
        for kind in ("items", "suppliers", "flows", "afloat"):
            self._ids(kind)
        for key in ("items", "suppliers", "flows"):
            if isinstance(self.raw.get(key), TextList) and not self.raw[key]:
                self._fault("FIRM-FORM", f"the list `{key}` is empty", self.raw, key, next="add an entry")
        currencies: dict[str, TextMap] = {}
        for item in self._each("items"):
            self._item(item, elements, currencies)
        for supplier in self._each("suppliers"):
            self._country(supplier, countries)
        for flow in self._each("flows"):
            self._flow(flow, items)
        flows = {entry["id"]: entry for entry in self._each("flows") if isinstance(entry.get("id"), str)}
        for goods in self._each("afloat"):
            self._named(goods, "flow", flows)
            sends = flows.get(str(goods.get("flow")), TextMap(0))
            self._amount(goods, items.get(str(sends.get("item"))))
            self._order(goods, "departed", "arrives")
            self._cleared(goods)
        self._chances(self.raw.get("chances"))

    def _each(self, key: str) -> Iterator[TextMap]:
        entries = self.raw.get(key)
        for entry in entries if isinstance(entries, TextList) else ():
            if isinstance(entry, TextMap):
                yield entry

    def _fault(
        self, code: str, what: str, place: TextMap, key: str, *, close: Iterable[str] = (), next: str = ""
    ) -> None:
        where = f"{self.name}:{place.key_lines.get(key, place.line)}"
        label = place.get("id")
        where += f", {brief_value(label)}" if isinstance(label, str) and label else ""
        self.faults.add(code, what, where=where, nearest=close, next=next)

    def _ids(self, kind: str) -> None:
        seen: dict[str, int] = {}
        for entry in self._each(kind):
            name = entry.get("id")
            if isinstance(name, str) and name in seen:
                what = f"id {brief_value(name)!r} is used twice, first on line {seen[name]}"
                self._fault("FIRM-ID", what, entry, "id", next="give each entry of the list a different id")
            if isinstance(name, str):
                seen.setdefault(name, entry.key_lines["id"])

    def _item(self, item: TextMap, elements: Mapping[str, object], currencies: dict[str, TextMap]) -> None:
        grade = item.get("grade", "")
        if isinstance(grade, str) and grade and grade not in GRADES:
            close = nearest(grade, GRADES)
            told = "one of " + ", ".join(GRADES) + "; omit it for metal and oxide"
            self._fault("GRADE", f"grade {brief_value(grade)!r} is not known", item, "grade", close=close, next=told)
        if isinstance(item.get("piece_kg"), str):
            self._number(item, "piece_kg")
        for key in ("use", "stock", "safety"):
            if isinstance(item.get(key), TextMap):
                self._amount(item[key], item)
        if isinstance(item.get("content"), TextMap) and isinstance(item["content"].get("shares"), TextMap):
            self._shares(item["content"]["shares"], elements)
        worth = item.get("worth")
        if isinstance(worth, TextMap):
            self._number(worth, "amount")
            self._unit(worth, "per", item)
            self._currency(worth, currencies)

    def _currency(self, worth: TextMap, currencies: dict[str, TextMap]) -> None:
        word = worth.get("currency")
        if not isinstance(word, str):
            return
        if not (len(word) == 3 and word.isascii() and word.isupper()):
            what = f"{brief_value(word)!r} is not a known currency"
            self._fault("CELL-CURRENCY", what, worth, "currency", next="write a code such as EUR, USD or CNY")
            return
        currencies.setdefault(word, worth)
        if len(currencies) > 1 and currencies[word] is worth:
            what = f"worth is given in {' and '.join(currencies)}; losses in two currencies cannot be compared"
            self._fault("CELL-CURRENCY", what, worth, "currency", next="use one currency for all losses")

    def _shares(self, shares: TextMap, elements: Mapping[str, object]) -> None:
        before, total = len(self.faults.items), Fraction(0)
        for element, text in shares.items():
            if element not in elements:
                close = nearest(element, elements)
                self._fault("ELEMENT", f"element {brief_value(element)!r} is not known", shares, element, close=close)
            share = self._number(shares, element)
            if share is not None and share > 1:
                what = f"{element}: share {brief_value(text)} is above 1"
                self._fault("SHARE", what, shares, element, next="write 1.8 % as 0.018")
            total += share or 0
        if total > 1 and not any(fault.code == "SHARE" for fault in self.faults.items[before:]):
            what = f"the shares add up to {float(total):g}, more than 1"
            at = next(iter(shares), "")
            self._fault("SHARE", what, shares, at, next="give mass shares of the whole part")

    def _number(self, place: TextMap, key: str) -> Fraction | None:
        text = place.get(key)
        if not isinstance(text, str):
            return None
        try:
            return parse_amount(text)
        except ValueError as error:
            self._fault("AMOUNT", f"{key} {brief_value(text)!r}: {error}", place, key)
            return None

    def _amount(self, place: TextMap, item: TextMap | None) -> None:
        self._number(place, "amount")
        self._unit(place, "unit", item)

    def _unit(self, place: TextMap, key: str, item: TextMap | None) -> None:
        unit = place.get(key)
        if not isinstance(unit, str):
            return
        if unit not in UNITS:
            what = f"unit {brief_value(unit)!r} is not valid here"
            self._fault("UNIT", what, place, key, close=nearest(unit, UNITS), next="one of " + ", ".join(UNITS))
        elif unit == PIECES and item is not None and "piece_kg" not in item:
            self._fault("UNIT", "the weight of one piece is missing", place, key, next="add piece_kg to the item")

    def _country(self, supplier: TextMap, countries: Mapping[str, Country]) -> None:
        country = supplier.get("country")
        if isinstance(country, str) and country not in countries:
            what = f"{brief_value(country)!r} is not a known country code"
            close = nearest_country(countries, country)
            self._fault("COUNTRY", what, supplier, "country", close=close, next="use an ISO 3166 two-letter code")

    def _named(self, place: TextMap, key: str, known: Mapping[str, object]) -> None:
        word = place.get(key)
        if isinstance(word, str) and word not in known:
            self._fault("FIRM-REF", f"{key} {brief_value(word)!r} not found", place, key, close=nearest(word, known))

    def _flow(self, flow: TextMap, items: Mapping[str, TextMap]) -> None:
        self._named(flow, "item", items)
        suppliers = {entry["id"]: entry for entry in self._each("suppliers") if isinstance(entry.get("id"), str)}
        self._named(flow, "supplier", suppliers)
        if bool(flow.get("deal")) == ("facts" in flow):
            what = "a flow needs either `deal`, a row of transactions.csv, or its own `facts`"
            self._fault("FIRM-FORM", what, flow, "deal", next="write deal: t01")
        item = items.get(str(flow.get("item")))
        if isinstance(flow.get("lot"), TextMap):
            self._amount(flow["lot"], item)
        self._days(flow, "every_days", least=1)
        if isinstance(flow.get("transit"), TextMap):
            self._days(flow["transit"], "days", least=0)
        licence = flow.get("licence")
        if isinstance(licence, TextMap):
            self._licence(licence, item)

    def _licence(self, licence: TextMap, item: TextMap | None) -> None:
        state, kind = licence.get("state"), licence.get("kind")
        if isinstance(licence.get("balance"), TextMap):
            self._amount(licence["balance"], item)
        if state == "granted" and kind == "single" and "balance" not in licence:
            self._fault("KEY-MISSING", "a granted single licence needs a balance", licence, "state", next="add balance")
        if state == "granted" and "valid_until" not in licence:
            what = "a granted licence needs valid_until"
            self._fault("KEY-MISSING", what, licence, "state", next="add valid_until")
        if state == "filed" and "filed" not in licence:
            self._fault("KEY-MISSING", "the filing date is missing", licence, "state", next="add filed")
        as_of = _day(self.raw.get("as_of"))
        filed = _day(licence.get("filed"))
        if as_of is not None and filed is not None and filed > as_of:
            what = f"filed on {filed}, after the stock count ({as_of})"
            self._fault("DAYS-ORDER", what, licence, "filed", next="use state: none until it is filed")

    def _days(self, place: TextMap, key: str, *, least: int) -> None:
        text = place.get(key)
        if isinstance(text, str):
            good = text.isascii() and text.isdigit() and least <= int(text[:9]) <= _LONGEST_DAYS
            if not good:
                what = f"{key} {brief_value(text)!r} is not a number of days from {least} to {_LONGEST_DAYS:,}"
                self._fault("AMOUNT", what, place, key)

    def _order(self, place: TextMap, first: str, second: str) -> None:
        begins, ends = _day(place.get(first)), _day(place.get(second))
        if begins is not None and ends is not None and ends < begins:
            what = f"{second} {ends} is before {first} {begins}"
            self._fault("DAYS-ORDER", what, place, second, next="write the earlier day first")

    def _cleared(self, goods: TextMap) -> None:
        """Checks that cleared goods left before the stock count and that goods in transit arrive after it."""
        as_of, left, arrives = _day(self.raw.get("as_of")), _day(goods.get("departed")), _day(goods.get("arrives"))
        if as_of is None:
            return
        if goods.get("state") == "cleared" and left is not None and left > as_of:
            what = f"cleared for export, but departed {left}, after the stock count ({as_of})"
            self._fault("DAYS-ORDER", what, goods, "departed", next="use state: licensed or waiting")
        if arrives is not None and arrives <= as_of:
            what = f"arrived {arrives}, no later than the stock count ({as_of})"
            self._fault("DAYS-ORDER", what, goods, "arrives", next="count it as stock and remove the entry")

    def _chances(self, chances: object) -> None:
        if not isinstance(chances, TextMap):
            return
        for key in ("returned", "stopped"):
            share = self._number(chances, key)
            if share is not None and share > 1:
                self._fault("SHARE", f"{key}: probability {chances[key]} is above 1", chances, key)
        rounds = chances.get("most_returns")
        if isinstance(rounds, str) and not (rounds.isascii() and rounds.isdigit() and int(rounds[:3]) <= 9):
            self._fault(
                "AMOUNT", f"most_returns {brief_value(rounds)!r} is not a number from 0 to 9", chances, "most_returns"
            )


def _day(text: object) -> Day | None:
    """Returns the date in a text, or None if the schema reports it."""
    try:
        return parse_day(text) if isinstance(text, str) else None
    except ValueError:
        return None
