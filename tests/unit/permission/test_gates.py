"""Legal treatment of a market flow by transaction date and information cut-off, with its clause."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.law.engine.decide import decide
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.overlay import read_overlays
from coercivity.law.rules.status import Assumption
from coercivity.permission.buckets import Bucket, bucket_facts, deal, load_buckets
from coercivity.permission.gate import STRICTER, Gate, Way, gate_of, with_ordinary
from coercivity.permission.gates import BranchPoint, Gates
from tests.places import ROOT

BOOK = load_rulebook()
AS_IS = Gates(BOOK)
OVERLAYS = ROOT / "examples" / "overlays"
PAUSED = (
    "mofcom-gac-2025-55",
    "mofcom-gac-2025-56",
    "mofcom-gac-2025-57",
    "mofcom-gac-2025-58",
    "mofcom-2025-61",
    "mofcom-2025-62",
)
LAPSED = {name: Assumption(lapsed=True) for name in PAUSED}
EXTENDED = {name: Assumption(lapsed=False, extended_through=dt.date(2027, 11, 10)) for name in PAUSED}
HEAVY = ("mag_low", "mag_high", "mag_SmCo")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def gate(bucket: Bucket, on: str, *, known: str = "", gates: Gates = AS_IS) -> Gate:
    return gates.gate(bucket, day(on), day(known or on))


def test_dysprosium_oxide_is_free_before_april_2025_and_needs_a_licence_after() -> None:
    """MOFCOM/GAC 18/2025, item 1C905: in force on 4 April 2025, the day of publication; before, the catalogue alone."""
    flow = Bucket("ox_Dy", "CN", "EUR")
    before = gate(flow, "2025-03-15")
    assert (before.free, before.ordinary, before.clauses) == (True, True, ("oel-heavy",))
    found = gate(flow, "2025-04-15")
    assert (found.way, found.finding, found.outcome) == (Way.LICENCE, "licence_required", "LICENCE")
    assert (found.clauses, found.instruments) == (("a18-1c905",), ("mofcom-gac-2025-18",))
    assert found.track == ("single", "general")
    assert not found.ordinary
    assert not found.unknown


def test_seen_from_before_publication_the_licence_is_not_there_yet() -> None:
    """MOFCOM/GAC 18/2025 was published on 4 April 2025; who plans in March knows nothing of it."""
    flow = Bucket("ox_Dy", "CN", "EUR")
    before, after = (gate(flow, "2025-06-01", known=known) for known in ("2025-04-03", "2025-04-04"))
    assert (before.free, before.ordinary) == (True, True)
    assert (after.way, after.free) == (Way.LICENCE, False)


def test_holmium_group_is_paused_before_it_began_and_free() -> None:
    """MOFCOM/GAC 57/2025, item 1C909, to start on 8 November 2025; paused by 70/2025 on 7 November."""
    flow = Bucket("ox_HoLu", "CN", "EUR")
    assert gate(flow, "2025-11-15", known="2025-10-15").way is Way.LICENCE
    found = gate(flow, "2025-11-15")
    assert (found.free, found.clauses, found.paused) == (True, ("oel-rest",), ("a57-1c909",))


@pytest.mark.parametrize("good", ["ox_Dy", "met_Tb", "mag_low", "mag_SmCo"])
def test_a_military_user_in_the_united_states_gets_nothing(good: str) -> None:
    """MOFCOM 46/2024, Article 1: no dual-use item to US military users, 18/2025 items included; never paused."""
    found = gate(Bucket(good, "CN", "NAM", "military"), "2025-12-01")
    assert (found.way, found.outcome, found.clauses[0]) == (Way.SHUT, "STOP", "a46-1")


def test_a_military_user_in_japan_is_shut_out_from_january_2026() -> None:
    """MOFCOM 1/2026, Article 1: from 6 January 2026; before it the licence duty of 18/2025 alone."""
    flow = Bucket("mag_high", "CN", "JP", "military")
    assert gate(flow, "2025-12-20").way is Way.LICENCE
    found = gate(flow, "2026-02-01")
    assert (found.way, found.clauses) == (Way.SHUT, ("a1-ban", "a18-1c904", "a18-1c905"))
    assert gate(Bucket("mag_high", "CN", "JP"), "2026-02-01").way is Way.LICENCE


@pytest.mark.parametrize("good", ["mag_none", "mag_Ce"])
@pytest.mark.parametrize("user", ["civil", "military"])
def test_a_magnet_without_heavy_rare_earths_is_free(good: str, user: str) -> None:
    """MOFCOM/GAC 18/2025 lists NdFeB magnets with dysprosium or terbium only; 46/2024 and 1/2026 bear on listed items.

    The rules of June 2024 are not included; the model takes the flow as free and says why.
    """
    findings = {"2024-06-01": "not_held", "2025-05-01": "not_controlled", "2026-02-01": "not_controlled"}
    for on, finding in findings.items():
        found = gate(Bucket(good, "CN", "NAM", user), on)
        assert (found.way, found.finding, found.ordinary) == (Way.FREE, finding, False)


def test_what_the_tariff_line_asks_is_told_apart_from_the_controls() -> None:
    """Export licence catalogue of goods: the lines of La, Ce, Pr and Nd carry the flag."""
    for good in ("ox_La", "ox_NdPr", "met_NdPr"):
        found = gate(Bucket(good, "CN", "NAM", "military"), "2026-02-01")
        assert (found.way, found.ordinary, found.free) == (Way.LICENCE, True, True)
        assert (found.clauses, found.track) == (("oel-la-pr-nd",), ("ordinary_export_licence",))
    cerium = gate(Bucket("ox_Ce", "CN", "EUR"), "2026-02-01")
    assert (cerium.way, cerium.ordinary, cerium.free) == (Way.LICENCE, True, True)
    assert cerium.clauses == ("oel-ce",)
    assert not gate(Bucket("ox_Dy", "CN", "EUR"), "2026-02-01").free


@pytest.mark.parametrize("good", HEAVY)
def test_a_magnet_made_in_japan_from_chinese_inputs_under_both_branches(good: str) -> None:
    """MOFCOM 61/2025, Article 1(1): 0.1 % of value; paused through 10 November 2026, then unknown."""
    flow = Bucket(good, "JP", "EUR")
    assert gate(flow, "2026-06-01").finding == "suspended"
    lapsed = gate(flow, "2026-12-15", gates=Gates(BOOK, assume=LAPSED))
    assert (lapsed.way, lapsed.clauses, lapsed.unknown) == (Way.LICENCE, ("a61-1-1",), False)
    extended = gate(flow, "2026-12-15", gates=Gates(BOOK, assume=EXTENDED))
    assert (extended.way, extended.paused, extended.unknown) == (Way.FREE, ("a61-1-1",), False)
    unknown = gate(flow, "2026-12-15")
    assert (unknown.way, unknown.finding, unknown.outcome) == (Way.LICENCE, "need_facts", "UNKNOWN")
    assert unknown.unknown


def test_what_is_passed_on_and_what_is_not_chinese_at_all() -> None:
    """MOFCOM 61/2025, Article 1(3), ran from 9 October to 6 November 2025, for Chinese goods moved abroad."""
    on = "2025-10-20"
    assert gate(Bucket("ox_Dy", "JP", "EUR", tag="china"), on).clauses == ("a61-1-3",)
    assert gate(Bucket("mag_high", "JP", "EUR"), on).way is Way.FREE
    lapsed = Gates(BOOK, assume=LAPSED)
    assert gate(Bucket("mag_high", "JP", "EUR", tag="free"), "2026-12-15", gates=lapsed).way is Way.FREE
    assert gate(Bucket("mag_none", "JP", "EUR"), "2026-12-15", gates=lapsed).way is Way.FREE


def test_a_foreign_military_user_is_refused_in_principle_once_61_is_back() -> None:
    """MOFCOM 61/2025, Articles 2 and 3."""
    found = gate(Bucket("mag_high", "JP", "EUR", "military"), "2026-12-15", gates=Gates(BOOK, assume=LAPSED))
    assert (found.way, found.clauses[0], found.outcome) == (Way.DENIAL, "a61-2-mil", "STOP")


def test_the_law_is_not_asked_of_imports_into_china_nor_within_a_region() -> None:
    """Decree 792, Article 2: export is leaving China; feeds come in."""
    for flow in (
        Bucket("feed:MYANMAR_IONIC", "MM-LA", "CN"),
        Bucket("mag_high", "CN", "CN"),
        Bucket("ox_Dy", "JP", "JP"),
    ):
        assert gate(flow, "2025-10-20") == Gate(Way.FREE, "not_asked", "PROCEED")


def test_pauses_that_end_unknown_are_listed_and_none_that_is_assumed() -> None:
    """MOFCOM/GAC 70/2025, through 10 November 2026; MOFCOM 72/2025, through 27 November 2026."""
    points = AS_IS.branch_points(day("2026-10-06"))
    assert BranchPoint("mofcom-2025-61", day("2026-11-10")) in points
    assert BranchPoint("mofcom-2024-46", day("2026-11-27")) in points
    assert {point.instrument for point in points} >= set(PAUSED)
    assumed = Gates(BOOK, assume=LAPSED).branch_points(day("2026-10-06"))
    assert {point.instrument for point in assumed}.isdisjoint(PAUSED)
    assert not {point.instrument for point in AS_IS.branch_points(day("2025-10-15"))} & set(PAUSED)


def test_an_overlay_settles_what_was_unknown() -> None:
    """The invented extension of 70/2025 in examples/overlays, published on 8 November 2026."""
    book = load_rulebook(None, read_overlays([OVERLAYS / "extension-2027.yaml"]))
    gates, flow = Gates(book), Bucket("mag_high", "JP", "EUR")
    found = gate(flow, "2026-12-15", gates=gates)
    assert (found.way, found.finding, found.unknown) == (Way.FREE, "suspended", False)
    assert gate(flow, "2026-12-15", known="2026-11-07", gates=gates).unknown
    fewer = Gates(book, without=["a18-1c905"])
    assert gate(Bucket("ox_Dy", "CN", "EUR"), "2026-12-15", gates=fewer).free
    assert gate(flow, "2026-12-15", gates=fewer) == found


@pytest.mark.parametrize("assume", [{}, LAPSED, EXTENDED], ids=["as_is", "lapsed", "extended"])
def test_days_put_together_give_what_each_of_them_gives_alone(assume: dict[str, Assumption]) -> None:
    """The gates are worked out once for days and deals that are alike; each must be what the law alone decides."""
    gates = Gates(BOOK, assume=assume)
    flows = [Bucket(good, "CN", to, user) for good, to, user in _FLOWS] + [Bucket(good, "JP", "EUR") for good in HEAVY]
    for known in map(day, ("2025-03-31", "2025-04-04", "2025-10-09", "2025-11-07", "2026-01-06", "2026-10-05")):
        for ahead in (0, 1, 31, 62, 250, 403, 800):
            on = known + dt.timedelta(days=ahead)
            for flow in flows:
                alone = decide(BOOK, deal(BOOK, flow, ordinary_held=True), on, known=known, assume=assume)
                fresh, found = gate_of(BOOK, alone), gates.gate(flow, on, known)
                if not found.ordinary:
                    assert found == fresh, (flow, on, known)
                else:
                    assert fresh.way is Way.FREE, (flow, on, known)


_FLOWS = [
    ("ox_Dy", "EUR", "civil"),
    ("ox_Eu", "NAM", "civil"),
    ("ox_HoLu", "JP", "military"),
    ("met_NdPr", "NAM", "military"),
    ("mag_low", "NAM", "military"),
    ("mag_high", "JP", "military"),
    ("mag_none", "ROW", "civil"),
]


def test_the_way_follows_the_finding_and_not_the_check_of_the_day() -> None:
    """A month past the last check of the law is held back as UNKNOWN by `decide`, not shut here (docs/permission.md)."""
    flow, on = Bucket("mag_none", "CN", "EUR"), day("2027-03-01")
    assert decide(BOOK, deal(BOOK, flow), on, known=day("2026-10-05")).outcome == "UNKNOWN"
    assert gate(flow, "2027-03-01", known="2026-10-05") == Gate(Way.FREE, "not_controlled", "PROCEED")


def test_the_facts_of_every_bucket_leave_no_question_open() -> None:
    """Standing questions and facts are all answered by the table, so that only a status can be unknown."""
    on = day("2025-10-20")
    for good in load_buckets().good:
        for flow in (Bucket(good, "CN", "NAM"), Bucket(good, "KR", "IN"), Bucket(good, "CN", "EUR", "military")):
            found = decide(BOOK, deal(BOOK, flow, ordinary_held=True), on, known=on)
            assert (found.open_standing, found.missing) == ((), ()), flow


def test_magnet_shares_are_those_of_the_base_year() -> None:
    facts = bucket_facts(Bucket("mag_low", "CN", "EUR"))
    assert (facts["dy_mass_share"], facts["tb_mass_share"]) == ("0.0104", "0.00184")
    assert bucket_facts(Bucket("mag_high", "CN", "EUR"))["dy_mass_share"] == "0.0225"


def test_every_wrong_name_of_a_bucket_is_told_at_once() -> None:
    with pytest.raises(CoercivityError) as error:
        gate(Bucket("ox_Dyy", "CN", "EURO", "civic"), "2025-05-01")
    assert [fault.code for fault in error.value.faults] == ["BUCKET"] * 3
    assert [fault.nearest[0] for fault in error.value.faults] == ["ox_Dy", "EUR", "civil"]


def test_ways_have_an_order() -> None:
    assert sorted(Way, key=STRICTER.__getitem__) == [Way.FREE, Way.LICENCE, Way.DENIAL, Way.SHUT]


def test_an_ordinary_licence_of_which_nobody_knows_stands_beside_what_the_controls_leave_free() -> None:
    free = Gate(Way.FREE, "not_controlled", "PROCEED")
    known = Gate(Way.LICENCE, "licence_required", "LICENCE", ("oel",), track=("ordinary_export_licence",))
    unread = Gate(Way.LICENCE, "need_facts", "UNKNOWN", ("oel",), track=("ordinary_export_licence",))
    assert with_ordinary(free, Gate(Way.FREE, "not_controlled", "PROCEED")) is free
    assert with_ordinary(free, known).clauses == ("oel",)
    beside = with_ordinary(free, unread)
    assert (beside.way, beside.ordinary, beside.finding) == (Way.FREE, True, "not_controlled")


@pytest.mark.parametrize("last", range(3))
def test_what_is_found_under_one_assumption_is_right_under_another(last: int) -> None:
    """Gates of one rulebook share what they find; those of an equal rulebook that is another object find it anew."""
    book, assumed = replace(BOOK), [{}, LAPSED, EXTENDED]
    buckets = [Bucket(good, "CN", region) for good in ("ox_Dy", "ox_HoLu", *HEAVY) for region in ("EUR", "NAM")]
    days = [day(text) for text in ("2025-03-15", "2025-11-15", "2026-11-09", "2026-11-10", "2026-12-15", "2028-01-15")]

    def found(of: Gates) -> list[Gate]:
        return [
            of.gate(b, on, known) for on in days for known in (day("2025-10-15"), day("2026-03-15")) for b in buckets
        ]

    for assume in assumed:
        if assume is not assumed[last]:
            found(Gates(book, assume=assume))
    assert found(Gates(book, assume=assumed[last])) == found(Gates(replace(BOOK), assume=assumed[last]))
