"""Fines for a breach, calculated by hand: article, base, threshold and range."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import gather
from coercivity.law.consequences.exposure import Exposure, exposure, fine_words
from coercivity.law.consequences.penalties import load_penalties
from coercivity.law.engine.decide import decide
from coercivity.law.rules.rulebook import Rulebook

MAGNET: dict[str, Any] = {
    "act": "goods",
    "form": "magnet",
    "elements": ["Nd", "Dy"],
    "magnet_type": ["NdFeB"],
    "from": "CN",
    "to": "CH",
    "exporter_nationality": "CN",
    "origin": "CN",
}
PROCESS: dict[str, Any] = {
    "act": "technology",
    "form": "technology",
    "magnet_type": ["NdFeB"],
    "from": "CN",
    "to": "EE",
    "exporter_nationality": "CN",
    "exporter_place": "CN",
    "recipient_nationality": "EE",
    "public_domain": "false",
    "process_stage": "magnetic_material_manufacturing",
    "serves_stage": "none",
}


def exposed(
    book: Rulebook, on: str, facts: dict[str, Any], turnover: str | None = None, income: str | None = None
) -> list[Exposure]:
    faults = Faults()
    deal = gather(book, facts, standing=packed_standing(), where="test", faults=faults)
    faults.raise_if_any()
    decision = decide(book, deal, Day.fromisoformat(on))
    amounts = (Decimal(amount) if amount is not None else None for amount in (turnover, income))
    turnover_cny, income_cny = amounts
    return exposure(book, decision, turnover_cny=turnover_cny, income_cny=income_cny)


def by_id(found: list[Exposure]) -> dict[str, Exposure]:
    return {entry.penalty.id: entry for entry in found if entry.penalty is not None}


def acts(found: list[Exposure]) -> list[str]:
    return [entry.penalty.id for entry in found if entry.role == "act" and entry.penalty is not None]


# Export Control Law, Article 34: CNY 500,000; 5 to 10 times; 500,000 to 5 million.


@pytest.mark.parametrize(
    ("turnover", "band", "low", "high"),
    [
        ("66143.20", "fixed", "500000", "5000000"),
        ("499999.99", "fixed", "500000", "5000000"),
        ("500000", "multiple", "2500000", "5000000"),
        ("500000.01", "multiple", "2500000.05", "5000000.10"),
        ("0", "fixed", "500000", "5000000"),
    ],
)
def test_unlicensed_export_article_34(book: Rulebook, turnover: str, band: str, low: str, high: str) -> None:
    found = exposed(book, "2025-07-04", MAGNET, turnover)
    assert acts(found) == ["ecl34_unlicensed"]
    assert (found[0].band, found[0].low, found[0].high) == (band, Decimal(low), Decimal(high))
    assert found[0].basis[0].article == "34(1)"


def test_without_the_amount_the_formula_stands_in_words(book: Rulebook) -> None:
    first = exposed(book, "2025-07-04", MAGNET)[0]
    assert (first.band, first.low, first.high) == ("open", None, None)
    assert first.formula is not None
    assert first.formula["en"] == (
        "a fine of 5 to 10 times the illegal turnover where that is CNY 500,000 or more; "
        "otherwise CNY 500,000 to 5,000,000"
    )
    assert first.formula["zh"] == (
        "违法经营额50万元以上的，处违法经营额5倍以上10倍以下罚款；"
        "没有违法经营额或者违法经营额不足50万元的，处50万元以上500万元以下罚款"
    )


def test_a_list_notice_brings_article_37_with_ten_to_twenty_times_first(book: Rulebook) -> None:
    found = exposed(book, "2026-08-03", {**MAGNET, "to": "IT", "party_sets": ["cl-2026-30"]}, "600000")
    assert acts(found) == ["ecl37_listed_party", "ecl34_unlicensed"]
    assert (found[0].low, found[0].high) == (Decimal(6_000_000), Decimal(12_000_000))


def test_the_watch_list_does_not_bring_article_37(book: Rulebook) -> None:
    found = exposed(book, "2026-03-15", {**MAGNET, "to": "JP", "party_sets": ["wl-2026-12"]}, "600000")
    assert acts(found) == ["ecl34_unlicensed"]


def test_a_ban_brings_article_34_3(book: Rulebook) -> None:
    found = exposed(book, "2026-02-01", {**MAGNET, "to": "JP", "military_use": "true"}, "600000")
    assert "ecl34_prohibited" in acts(found)


# Others, and what is around a licence.


def test_helpers_are_fined_by_income_and_service_providers_by_turnover(book: Rulebook) -> None:
    found = by_id(exposed(book, "2025-07-04", MAGNET, "66143.20", "100000"))
    abetting = found["reg41_abetting"]  # Decree 792, Article 41: income 100,000; 3 to 5 times
    assert (abetting.role, abetting.band) == ("beside", "multiple")
    assert (abetting.low, abetting.high) == (Decimal(300_000), Decimal(500_000))
    service = found["ecl36_knowing_service"]  # Export Control Law, Article 36
    assert (service.band, service.low, service.high) == ("fixed", Decimal(100_000), Decimal(500_000))


def test_the_cap_of_a_serious_failure_to_report_is_three_million(book: Rulebook) -> None:
    serious = by_id(exposed(book, "2025-07-04", MAGNET, "66143.20"))["reg40_report_exporter_serious"]
    assert (serious.low, serious.high) == (Decimal(500_000), Decimal(3_000_000))  # Decree 792, Article 40(1)


def test_knowing_service_is_the_act_of_a_service_provider(book: Rulebook) -> None:
    facts = {
        **MAGNET,
        "act": "support_service",
        "form": "none",
        "support_kinds": ["finance"],
        "supports_violation": "true",
    }
    found = exposed(book, "2026-02-02", facts, "100000")
    assert acts(found) == ["ecl36_knowing_service"]
    assert (found[0].low, found[0].high) == (Decimal(300_000), Decimal(500_000))
    assert found[0].penalty is not None
    assert found[0].penalty.only_if is not None


def test_a_foreign_check_without_consent_article_43(book: Rulebook) -> None:
    facts = {"act": "foreign_check", "mofcom_consent": "false", "from": "CN", "to": "CN"}
    found = exposed(book, "2026-02-02", facts)
    assert acts(found) == ["reg43_foreign_check_minor", "reg43_foreign_check_serious"]
    assert (found[0].low, found[0].high) == (Decimal(0), Decimal(500_000))


def test_a_broken_promise_has_no_scale_of_its_own_and_says_so(book: Rulebook) -> None:
    facts = {**MAGNET, "act": "reexport", "from": "IN", "to": "US", "exporter_nationality": "IN"}
    facts |= {"under_end_user_promise": "true", "transfer_of_licensed_item": "true", "mofcom_permission": "false"}
    found = exposed(book, "2025-12-15", facts, "600000")
    assert found[0].role == "gap"
    assert by_id(found)["reg42_domestic_end_user"].role == "beside"  # Decree 792, Article 42
    assert "promise_list" in [entry.consequence.id for entry in found if entry.consequence is not None]


# Decree 331, Article 43, by income; Foreign Trade Law, Article 73, from 2026-03-01.


@pytest.mark.parametrize(("income", "low", "high"), [("200000", "200000", "1000000"), ("0", "0", "0")])
def test_catalogue_technology_is_fined_one_to_five_times_the_income(
    book: Rulebook, income: str, low: str, high: str
) -> None:
    found = by_id(exposed(book, "2026-03-02", PROCESS, "9000000", income))
    tier = found["tier43_prohibited_or_unlicensed_tech"]
    assert (tier.band, tier.low, tier.high) == ("multiple", Decimal(low), Decimal(high))


@pytest.mark.parametrize(("on", "there"), [("2026-02-28", False), ("2026-03-01", True)])
def test_the_foreign_trade_law_of_2025_begins_on_1_march_2026(book: Rulebook, on: str, there: bool) -> None:
    assert ("ftl73_tech_residual" in acts(exposed(book, on, PROCESS))) is there


def test_the_residual_fine_below_its_threshold_reaches_half_a_million(book: Rulebook) -> None:
    residual = by_id(exposed(book, "2026-03-02", PROCESS, None, "499999"))["ftl73_tech_residual"]
    assert (residual.band, residual.low, residual.high) == ("fixed", Decimal(0), Decimal(500_000))


@pytest.mark.parametrize(("on", "first"), [("2026-02-05", "gap"), ("2026-03-05", "act")])
def test_an_unreliable_entity_falls_under_article_76_once_it_is_in_force(book: Rulebook, on: str, first: str) -> None:
    facts = {**MAGNET, "elements": ["Nd", "Pr"], "to": "US", "party_sets": ["uel-2025-1"]}
    assert exposed(book, on, facts)[0].role == first


# What is decided otherwise.


def test_nothing_is_at_stake_where_nothing_is_controlled(book: Rulebook) -> None:
    assert exposed(book, "2025-08-15", {**MAGNET, "elements": ["Nd", "Pr"]}, "600000") == []


def test_what_rests_on_an_open_status_is_marked(book: Rulebook) -> None:
    found = exposed(
        book,
        "2026-11-20",
        {**MAGNET, "elements": ["Sm"], "form": "equipment", "goods_kind": "hydrogen_decrepitation_furnace", "to": "KR"},
        "600000",
    )
    assert acts(found) == ["ecl34_unlicensed"]
    assert not found[0].sure


def test_a_crime_is_named_with_its_tiers(book: Rulebook) -> None:
    criminal = [entry for entry in exposed(book, "2025-07-04", MAGNET) if entry.role == "criminal"]
    assert [entry.consequence.id for entry in criminal if entry.consequence] == ["smuggling"]
    assert criminal[0].basis[0].article == "43(2)"
    assert criminal[0].consequence is not None
    assert len(criminal[0].consequence.tiers) == 2


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_an_amount_that_is_none_is_refused(book: Rulebook, amount: str) -> None:
    with pytest.raises(CoercivityError, match="turnover_cny"):
        exposed(book, "2025-07-04", MAGNET, amount)


def test_every_fine_can_be_said_in_two_languages(book: Rulebook) -> None:
    for penalty in load_penalties(book).penalties:
        words = fine_words(penalty.fine)
        assert words is None or set(words) == {"en", "zh"}


def test_an_article_begins_no_earlier_than_its_instrument(book: Rulebook) -> None:
    for penalty in load_penalties(book).penalties:
        begins = book.instruments[penalty.instrument].effective
        assert begins is None or penalty.in_force_from >= begins


def test_ranges_are_exact_decimals(book: Rulebook) -> None:
    for entry in exposed(book, "2025-07-04", MAGNET, "1234567.89", "0.10"):
        assert entry.low is None or isinstance(entry.low, Decimal)
    assert exposed(book, "2025-07-04", MAGNET, "1234567.89")[0].low == Decimal("6172839.45")


def test_every_fault_of_the_table_is_told_at_once(book: Rulebook, tmp_path: Path) -> None:
    text = (book.folder / "penalties.yaml").read_text(encoding="utf-8")
    changes = {
        "  provision: ecl-34\n": "  provision: ecl-340\n",
        "  article: 34(2)\n": "  article: 34(2)\n  collateral: [xxxxxxxx]\n",
        "sanctions: [order_to_stop]": "sanctions: [order_to_stopp]",
        "instrument: npc-ecl-2020": "instrument: npc-ecl-2021",
        "- id: ecl34_prohibited\n": "- id: ecl34_out_of_scope\n",
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "penalties.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        load_penalties(book, tmp_path)
    told = [(fault.code, fault.where, fault.nearest[:1]) for fault in caught.value.faults]
    assert sorted(told) == [
        ("PACK-ID", "penalties.yaml", ()),
        ("PACK-REF", "penalties.yaml, ecl33_no_qualification", ("npc-ecl-2020",)),
        ("PACK-REF", "penalties.yaml, ecl34_out_of_scope", ()),
        ("PACK-REF", "penalties.yaml, ecl34_unlicensed", ()),
        ("PACK-REF", "penalties.yaml, ecl34_unlicensed", ("order_to_stop",)),
    ]


@pytest.mark.parametrize(
    ("fine", "what"),
    [
        ("{base: none, threshold_cny: '1'}", "a base needs threshold_cny and times"),
        ("{base: none}", "a fine without a base needs otherwise_cny"),
        (
            "{base: illegal_turnover, threshold_cny: '500000', times: ['10', '5']}",
            "the lower limit is above the upper limit",
        ),
        ("{base: none, otherwise_cny: ['2', '1']}", "the lower limit is above the upper limit"),
    ],
)
def test_a_fine_that_makes_no_sense_is_a_fault(book: Rulebook, tmp_path: Path, fine: str, what: str) -> None:
    text = (book.folder / "penalties.yaml").read_text(encoding="utf-8")
    held = next(line for line in text.splitlines() if line.startswith("  fine: "))
    (tmp_path / "penalties.yaml").write_text(text.replace(held, f"  fine: {fine}", 1), encoding="utf-8")
    with pytest.raises(CoercivityError, match=what):
        load_penalties(book, tmp_path)
