"""What the rules of another jurisdiction read of a deal."""

from __future__ import annotations

from coercivity.law.engine.decide import Deal
from coercivity.law.engine.jurisdictions import ASSUMED, Abroad, deal_abroad, reading_book, unread_abroad
from coercivity.law.rules.load import load_rulebook

US = Abroad("US").book()


def test_the_facts_that_only_china_asks_for_stay_behind() -> None:
    deal = Deal({"to": "US", "public_domain": False}, {"public_domain": "deal"})
    assert "public_domain" not in US.catalogue
    assert deal_abroad(deal, US, {}).facts == {"to": "US"}


def test_a_scenario_is_told_apart_from_what_the_deal_says() -> None:
    found = deal_abroad(Deal({"to": "US"}, {"to": "deal"}), US, {"us_widening_2027": "repealed"})
    assert found.facts["us_widening_2027"] == "repealed"
    assert found.said_by == {"to": "deal", "us_widening_2027": ASSUMED}


def test_an_entry_that_was_not_understood_stays_open_where_it_may_state_a_fact_that_is_read() -> None:
    assert "form" in US.catalogue
    assert "elements" not in US.catalogue
    assert unread_abroad(("material", "composition", "other_content"), US) == ("material", "other_content")


def test_a_deal_is_read_with_the_facts_of_all_and_the_rules_of_china() -> None:
    china = load_rulebook()
    found = reading_book(china)
    assert set(found.catalogue) >= {*china.catalogue, *US.catalogue}
    assert [rule.id for rule in found.rules] == [rule.id for rule in china.rules]
