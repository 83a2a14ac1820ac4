"""`clause-price` with and without general licences, and `outlook` without elements of the licensing desk."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.papers.market.clause_text import clause_lines
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData
from coercivity.verbs import GENERAL_LICENCES, GeneralLicences
from coercivity.verbs.clause_cost import licences_worth
from coercivity.verbs.clause_price import clause_price
from coercivity.verbs.desk_check import desk_check
from coercivity.verbs.law import PACKED
from coercivity.verbs.outlook import outlook
from coercivity.verbs.outlook_kept import Question, outlook_key
from coercivity.verbs.scenarios import check_clause_price, check_outlook
from coercivity.verbs.told_again import clause_price_told, outlook_told

# General licences were first reported in December 2025.
SPAN: dict[str, Any] = {"first": "2025-12", "last": "2026-01"}
OWN = """\
id: own
title: {en: Own, zh: 自定}
about: {en: A test., zh: 测试。}
inherits: controls-back
desk: {off: [general_licences]}
"""
MASSES = ("shipped_t", "made_abroad_t", "less_t", "substituted_t", "without_t", "kept_usd")


def cost(whole_usd: float, raw_t: float, price: float, **tables: dict[str, float]) -> BranchPrice:
    """The cost of a clause in one legal scenario."""
    empty = {"payers": [], "plants": [], "goods_held": ["ox_Dy"], **{name: {} for name in MASSES}, **tables}
    found = {
        "branch": "lapsed",
        "held_back_t": {"oxides_and_metals": raw_t, "magnets": 2 * raw_t},
        "whole_usd": whole_usd,
        "prices": [{"good": "ox_Dy", "region": "XCN", "with_usd_per_kg": price, "without_usd_per_kg": 100.0}],
        **empty,
    }
    return cast(BranchPrice, found)


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Runs are kept, so that those of one question serve the others."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("COERCIVITY_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def asked(general_licences: GeneralLicences) -> ClausePriceData:
    return clause_price("a18-1c905", "controls-back", general_licences=general_licences, **SPAN).body


@pytest.fixture(scope="module")
def both(store: None) -> ClausePriceData:
    return asked("both")


def test_the_worth_is_the_cost_as_practised_minus_that_without_general_licences() -> None:
    practised = cost(-100.0, 5.0, 250.0, shipped_t={"ox_Dy": -5.0, "mag_low": 1.0}, kept_usd={"tax": -4.0})
    single = cost(-160.0, 8.0, 330.0, shipped_t={"ox_Dy": -8.0, "mag_low": 1.0}, without_t={"JP:wind": 2.0})
    worth = licences_worth(practised, single)
    assert (worth["branch"], worth["whole_usd"]) == ("lapsed", 60.0)
    assert worth["held_back_t"] == {"oxides_and_metals": -3.0, "magnets": -6.0}
    assert (worth["shipped_t"], worth["without_t"]) == ({"ox_Dy": 3.0}, {"JP:wind": -2.0})
    assert worth["kept_usd"] == {"tax": -4.0}
    assert worth["prices"] == [{"good": "ox_Dy", "region": "XCN", "usd_per_kg": -80.0}]


def test_both_are_those_of_each_alone(both: ClausePriceData) -> None:
    with_them, without = asked("with"), asked("without")
    assert (with_them["general_licences"], without["general_licences"]) == ("with", "without")
    assert both["branches"] == with_them["branches"]
    assert both["without_general_licences"] == without["branches"]
    for alone in (with_them, without):
        assert (alone["without_general_licences"], alone["general_licences_worth"]) == ([], [])
    assert len({both["hash"], with_them["hash"], without["hash"]}) == 3
    assert clause_price("a18-1c905", "controls-back", **SPAN).body == with_them


def test_without_general_licences_a_clause_withholds_more_magnets(both: ClausePriceData) -> None:
    (practised,), (single,), (worth,) = (
        both["branches"], both["without_general_licences"], both["general_licences_worth"],
    )  # fmt: skip
    assert single["held_back_t"]["magnets"] > practised["held_back_t"]["magnets"]
    assert worth["held_back_t"]["magnets"] < 0
    assert worth["whole_usd"] == round_sig(practised["whole_usd"] - single["whole_usd"])


def test_the_lines_put_both_beside_each_other(both: ClausePriceData) -> None:
    (practised,), (single,), (worth,) = (
        both["branches"], both["without_general_licences"], both["general_licences_worth"],
    )  # fmt: skip
    shown = [each["held_back_t"]["magnets"] for each in (practised, single)]
    lines = clause_lines(both, {"en": "t", "zh": "题"})
    place = lines.index("  general licences: with them / without them / difference")
    assert lines[place + 2] == (
        f"    exports withheld, magnets [t]: {shown[0]:,.1f} / {shown[1]:,.1f} / {worth['held_back_t']['magnets']:+,.1f}"
    )
    assert lines[place + 5].startswith("  what general licences are worth under this clause, all parties together: ")
    assert any(
        "该条款下通用许可的价值（各方合计）：" in line for line in clause_lines(both, {"en": "t", "zh": "题"}, "zh")
    )


def test_the_lines_say_that_there_are_none() -> None:
    body = cast(ClausePriceData, {**asked("with"), "general_licences": "without"})
    assert "  without general licences: every shipment needs a single licence" in clause_lines(body, {"en": "t"})
    assert "  不含通用许可：每批货物均须单项许可" in clause_lines(body, {"en": "t", "zh": "题"}, "zh")


def test_another_word_is_told_with_every_other_fault() -> None:
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c95", general_licences=cast(GeneralLicences, "wihout"), **SPAN)
    assert [fault.code for fault in caught.value.faults] == ["CLAUSE-UNKNOWN", "ARGUMENT"]
    fault = caught.value.faults[-1]
    assert (fault.where, fault.nearest[0]) == ("general_licences", "without")
    with pytest.raises(CoercivityError) as caught:
        check_clause_price("a18-1c905", "as-known", "2026-01", "2026-02", "neither")
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("ARGUMENT", "general_licences")]


def test_unknown_elements_are_told_with_every_other_fault() -> None:
    for ask in (
        lambda: outlook(first="2026-13", last="2026-02", desk_without=["general_licence", "queue", "wat"]),
        lambda: check_outlook(["as-known"], "2026-13", "2026-02", None, ["general_licence", "queue", "wat"]),
    ):
        with pytest.raises(CoercivityError) as caught:
            ask()
        found = [(fault.code, fault.where, fault.nearest[:1]) for fault in caught.value.faults]
        assert found == [
            ("MONTH", "from", ()),
            ("DESK-NAME", "desk_without", ("general_licences",)),
            ("DESK-NAME", "desk_without", ("wait",)),
        ]


@pytest.mark.parametrize(("off", "names"), [("wat", ["wat"]), ([1, "wat"], ["1", "wat"])])
def test_a_name_alone_is_one_element_and_other_values_are_told(off: Any, names: list[str]) -> None:
    for verb in (outlook, desk_check):
        with pytest.raises(CoercivityError) as caught:
            verb("controls-back", first="2025-01", last="2025-02", desk_without=off)
        assert [fault.code for fault in caught.value.faults] == ["DESK-NAME"] * len(names)
        for fault, name in zip(caught.value.faults, names, strict=True):
            assert f"'{name}'" in fault.what


def test_an_outlook_without_an_element_is_that_of_the_scenario_without_it(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    names = {"controls-back": ["general_licences", "general_licences"], path.as_posix(): []}
    runs = [outlook(name, **SPAN, desk_without=off).report["runs"] for name, off in names.items()]
    for one, other in zip(*runs, strict=True):
        assert one["practice"] == other["practice"] == {
            "off": ["general_licences"], "values": {}, "without": [], "added": [],
        }  # fmt: skip
        assert one["prices"] == other["prices"]
        assert one["shipped"] == other["shipped"]
    plain = outlook("controls-back", **SPAN).report["runs"]
    assert plain[0]["practice"]["off"] == []
    assert plain[0]["shipped"] != runs[0][0]["shipped"]


def test_the_keys_of_kept_results_cover_both_choices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[dict[str, Any]] = []
    monkeypatch.setattr("coercivity.verbs.told_again.told", lambda asked, *_: kept.append(asked.words))
    for general in GENERAL_LICENCES:
        clause_price_told("a18-1c905", "as-known", **SPAN, general_licences=general)
    for off in ((), ("queue",), ("wait", "queue"), ("queue", "wait", "wait")):
        outlook_told("as-known", **SPAN, desk_without=off)
    assert [words["general_licences"] for words in kept[:3]] == list(GENERAL_LICENCES)
    assert [words["desk_without"] for words in kept[3:]] == [[], ["queue"], ["queue", "wait"], ["queue", "wait"]]
    keys = [
        outlook_key(Question(["as-known"], "2026-01", "2026-02", None, off), PACKED)
        for off in ((), ("queue",), ("wait",))
    ]
    assert None not in keys
    assert len(set(keys)) == 3
    assert "general_licences" in inspect.signature(clause_price).parameters
