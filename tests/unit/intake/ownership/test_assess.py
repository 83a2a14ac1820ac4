"""Small graphs with the answer of each regime, worked out by hand from the texts of the rules."""

from __future__ import annotations

import pytest

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.exact import Interval, parse_exact
from coercivity.data.input import Content
from coercivity.intake.ownership.assess import assess
from coercivity.intake.ownership.read import read_case
from coercivity.intake.ownership.results import OwnershipAnswer
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
CN, US, NAMED = "cn_61_2025", "us_affiliates_rule", "cn_named_only"
LISTS = {
    "W": "cn_control_list", "X": "control_list", "T": "cn_watch_list", "U": "cn_unreliable_entity_list",
    "K": "us_entity_list", "L": "us_entity_list", "M": "meu list", "S": "us_sdn",
}  # fmt: skip


def answer(edges: str, target: str = "A", on: str = "2025-10-20", listed: str = "") -> OwnershipAnswer:
    """Returns the answer for stakes such as `W 50 A; A 100 B branch`; W, X, T, U, K, L, M, S are on lists."""
    lines = ["entities:"]
    for name, list_id in LISTS.items():
        lines.append(f"  {name}: {{listed: [{{list: {list_id}{listed}}}]}}")
    lines.append("edges:")
    for edge in edges.split(";"):
        owner, share, owned, *more = edge.split()
        kind = next((word for word in more if word.isalpha()), "shares")
        days = [word for word in more if not word.isalpha()]
        first = f", from: '{days[0]}'" if days and days[0] != "-" else ""
        end = f", to: '{days[1]}'" if len(days) > 1 else ""
        lines.append(f"- {{owner: '{owner}', owned: {owned}, kind: {kind}, share: '{share}'{first}{end}}}")
    faults = Faults()
    case = read_case(Content.of("graph.yaml", "\n".join(lines)), faults)
    faults.raise_if_any()
    return assess(case.graph, target, parse_day(on), BOOK)


def structures(found: OwnershipAnswer) -> str:
    """Returns the structures of the three regimes as letters: c caught, n not caught, u unknown."""
    return "".join(one.structure[0] for one in found.regimes)


@pytest.mark.parametrize(
    ("edges", "target", "expected"),
    [
        ("W 50% A", "A", "cnn"),
        ("W 49.9999999% A", "A", "nnn"),
        ("W 50% A; A 50% B; B 50% C", "C", "cnn"),
        ("W 50% A; A 49% B; B 100% C", "C", "nnn"),
        ("K 60% A; A 60% B; B 60% C", "C", "ncn"),
        ("W 25% A; X 25% A", "A", "unn"),  # exactly half in sum: adding is not stated
        ("W 25% A; X 24% A", "A", "nnn"),
        ("K 25% A; L 25% A", "A", "ncn"),
        ("K 25% A; M 25% A", "A", "ncn"),  # combinations of US lists are added
        ("K 25% A; W 30% A", "A", "nnn"),
        ("S 50% A", "A", "nun"),  # of the SDN list some programmes count
        ("K 30% A; S 20% A", "A", "nun"),
        ("U 100% A", "A", "nnn"),
        ("W 60% A; W 60% B; A 30% C; B 30% C", "C", "unn"),  # a diamond of the same listed party
        ("K 60% A; K 60% B; A 30% C; B 30% C", "C", "ncn"),
        ("K 60% A; K 40% B; A 30% C; B 30% C", "C", "nnn"),
        ("W 60% A; A 60% B; B 60% A2; A2 30% A", "A2", "cnn"),
        ("W 30% A; A 100% B; B 20% A", "A", "nnn"),  # a loop through the target holds itself up only in appearance
        ("W 30% A; A 100% B; B 20% A", "B", "nnn"),
        ("K 30% A; A 100% B; B 20% A", "A", "nnn"),
        ("K 50% A; A 100% B; B 20% A", "B", "ncn"),
        ("W 45-55% A", "A", "unn"),
        ("W 45-49.9% A", "A", "nnn"),
        ("W 50-75% A", "A", "cnn"),
        ("W >50% A", "A", "cnn"),
        ("W <50% A", "A", "nnn"),
        ("W >=25% A", "A", "unn"),
        ("W >=25% A; F 51% A", "A", "nnn"),  # what others hold leaves at most 49 %
        ("W unknown A", "A", "unn"),
        ("W unknown A; F 50% A", "A", "unn"),
        ("W unknown A; F 50.1% A", "A", "nnn"),
        ("W 45-55% A; A 100% B", "B", "unn"),
        ("? 49% A", "A", "nnn"),
        ("? 50% A", "A", "uun"),
        ("? 50% A; A 50% B", "B", "uun"),
        ("? 25% A; ? 25% A", "A", "uun"),
        ("? 100% A branch", "A", "uuu"),
        ("W 45% A; A 15% A treasury", "A", "cnn"),  # 45 of 85 is 52.9 %
        ("W 45% A; A 9% A treasury", "A", "nnn"),  # 45 of 91 is 49.5 %
        ("W 45% A; A 10% A treasury", "A", "cnn"),  # 45 of 90 is half
        ("W 45% A; A 5-15% A treasury", "A", "unn"),
        ("K 25% A; L 20% A; A 10% A treasury", "A", "ncn"),
        ("W 60% A votes", "A", "unn"),  # whether votes count is not stated
        ("K 60% A votes", "A", "nun"),  # votes do not count, but the shares are not stated
        ("W 60% A votes; W 10% A", "A", "unn"),
        ("K 60% A votes; K 10% A", "A", "nnn"),  # ownership, not control
        ("W 50% A votes; W 50% A", "A", "cnn"),
        ("W 0 A branch", "A", "cnc"),
        ("U 0 A branch", "A", "nnc"),
        ("W 0 A branch; A 0 B branch", "B", "cnc"),
        ("W 0 V branch; V 25% A; W 25% A", "A", "cnn"),  # a branch is the same person: 50 %
        ("W 25% A; X 0 V branch; V 25% A", "A", "unn"),
        ("K 0 V branch; V 50% A; A 100% B", "B", "ncn"),
        ("H 0 W branch", "H", "unu"),  # only the branch is listed
        ("G 80% W; G 80% A", "A", "nnn"),
        ("G 80% W", "G", "nnn"),
        ("F 100% W", "W", "cnc"),
        ("F 100% U", "U", "nnc"),
        ("F 100% K", "K", "ncn"),
        ("W 60% A - 2025-10-20", "A", "nnn"),  # sold on the day
        ("W 60% A - 2025-10-21", "A", "cnn"),
        ("W 60% A 2025-10-20", "A", "cnn"),
        ("W 60% A 2025-10-21", "A", "nnn"),
        ("W 0 A branch 2026-01-01", "A", "nnn"),
    ],
)
def test_each_regime_by_its_own_rule(edges: str, target: str, expected: str) -> None:
    assert structures(answer(edges, target)) == expected


@pytest.mark.parametrize(
    ("listed", "on", "expected"),
    [
        (", from: '2025-10-20'", "2025-10-19", "nnn"),
        (", from: '2025-10-20'", "2025-10-20", "cnn"),
        (", to: '2025-10-20'", "2025-10-19", "cnn"),
        (", to: '2025-10-20'", "2025-10-20", "nnn"),
        (", from: '2025-01-01', to: '2025-06-01'", "2025-07-01", "nnn"),
    ],
)
def test_listings_begin_and_end(listed: str, on: str, expected: str) -> None:
    """A listing counts from its first day and not on the first day without it, in chains too."""
    assert structures(answer("W 60% A", on=on, listed=listed)) == expected
    assert structures(answer("W 60% B; B 60% A", on=on, listed=listed)) == expected


@pytest.mark.parametrize(
    ("on", "cn", "us"),
    [
        ("2025-09-28", "not_yet", "not_yet"),
        ("2025-09-29", "not_yet", "in_force"),
        ("2025-10-08", "not_yet", "in_force"),
        ("2025-10-09", "in_force", "in_force"),
        ("2025-11-06", "in_force", "in_force"),
        ("2025-11-07", "suspended", "in_force"),
        ("2025-11-09", "suspended", "in_force"),
        ("2025-11-10", "suspended", "suspended"),
        ("2026-11-09", "suspended", "suspended"),
        ("2026-11-10", "suspended", "unknown"),
        ("2026-11-11", "unknown", "unknown"),
    ],
)
def test_status_of_the_rules(on: str, cn: str, us: str) -> None:
    """The Chinese status is that of the clause, the US one that of the events in the pack."""
    found = answer("W 60% A", on=on)
    assert [one.status.value for one in found.regimes] == [cn, us, "in_force"]


def test_status_follows_the_information_cut_off() -> None:
    """Who decides with the knowledge of 1 November 2025 sees no suspension of either rule."""
    faults = Faults()
    case = read_case(Content.of("g.yaml", "edges: [{owner: W, owned: A, share: '1'}]"), faults)
    found = assess(case.graph, "A", Day(2026, 2, 1), BOOK, known=Day(2025, 11, 1))
    assert [one.status.value for one in found.regimes] == ["in_force", "in_force", "in_force"]


@pytest.mark.parametrize(
    ("edges", "target", "near"),
    [
        ("W 49.9% A", "A", {CN: "below_threshold"}),
        ("W 40% A", "A", {CN: "below_threshold"}),
        ("W 33.4% A", "A", {CN: "below_threshold"}),
        ("W 33% A", "A", {}),
        ("W 40% A; A 100% B", "B", {CN: "below_threshold"}),
        ("W 100% A; A 45% B", "B", {CN: "below_threshold"}),
        ("W 20% A; ? 20% A", "A", {CN: "below_threshold"}),
        ("? 40% A", "A", {}),  # no listed party holds anything
        ("K 20% A; L 20% A", "A", {US: "below_threshold"}),
        ("K 30% A; W 25% A", "A", {CN: "across_regimes", US: "across_regimes"}),
        ("K 30% A; W 15% A", "A", {}),
        ("W 40% A; K 20% A", "A", {CN: "below_threshold", US: "across_regimes"}),
        ("U 49% A", "A", {}),  # no regime has an ownership rule for that list
        ("W 60% A", "A", {}),
        ("W 49% A - 2025-10-01", "A", {}),
    ],
)
def test_near_misses(edges: str, target: str, near: dict[str, str]) -> None:
    found = answer(edges, target)
    assert {one.regime: one.near_miss for one in found.regimes if one.near_miss} == near
    assert found.near_miss == bool(near)


def _shares(*texts: str) -> Interval:
    return Interval(parse_exact(texts[0]), parse_exact(texts[-1]))


def test_steps_lead_from_the_listed_party_to_the_target() -> None:
    found = answer("W 60% A; A 55% B; B 51% C", "C").regime(CN)
    assert found is not None
    assert [(step.owner, step.owned, step.counted) for step in found.steps] == [
        ("W", "A", _shares("0.6")),
        ("A", "B", _shares("0.55")),
        ("B", "C", _shares("0.51")),
    ]
    assert [one.list_id for one in found.steps[0].lists] == ["control_list"]
    assert found.share == _shares("0.51")
    assert found.ground == "holder"


def test_a_sum_names_all_of_its_holders() -> None:
    found = answer("K 30% A; L 25% A").regime(US)
    assert found is not None
    assert (found.ground, found.share, {step.owner for step in found.steps}) == ("sum", _shares("0.55"), {"K", "L"})


def test_an_unknown_names_what_would_settle_it() -> None:
    found = answer("W 20% A; ? 40% A; F 40% A").regime(CN)
    assert found is not None
    assert (found.structure, found.ground, found.share) == ("unknown", "share_open", _shares("0.2", "0.6"))
    assert [step.owner for step in found.settles] == ["?"]
    band = answer("W 45-55% A; A 100% B", "B").regime(CN)
    assert band is not None
    assert [(step.owner, step.stated) for step in band.settles] == [("W", _shares("0.45", "0.55"))]


def test_treasury_shares_are_not_outstanding() -> None:
    found = answer("W 45% A; A 15% A treasury").regime(CN)
    assert found is not None
    assert found.share == _shares("0.529411764", "0.529411765")
    assert found.steps[0].stated == _shares("0.45")


def test_shares_of_nobody_are_stated_as_such() -> None:
    """They are read as held by parties not listed, and the answer says how much that is."""
    assert answer("W 40% A").unstated == _shares("0.6")
    assert answer("W 40-50% A; F 20% A").unstated == _shares("0.3", "0.4")
    assert answer("W 40% A", "W").unstated == _shares("1")


def test_the_rule_on_foreign_companies_spares_those_of_the_us() -> None:
    faults = Faults()
    text = "entities: {K: {listed: [{list: us_entity_list}]}, A: {country: US}, B: {country: DE}}\n"
    text += "edges: [{owner: K, owned: A, share: '0.6'}, {owner: A, owned: B, share: '0.6'}]"
    case = read_case(Content.of("g.yaml", text), faults)
    faults.raise_if_any()
    assert [structures(assess(case.graph, name, Day(2025, 10, 20), BOOK)) for name in "ABK"] == ["nnn", "ncn", "ncn"]


def test_a_target_that_the_file_does_not_name() -> None:
    with pytest.raises(CoercivityError) as caught:
        answer("Weiren 50% Astra", "Astro")
    (fault,) = caught.value.faults
    assert (fault.code, fault.nearest[0]) == ("OWNERSHIP-TARGET", "Astra")


def test_a_chain_of_ten_thousand_ends_in_time() -> None:
    edges = "; ".join(f"C{i} 51% C{i + 1}" for i in range(10_000))
    found = answer(f"W 51% C0; {edges}", "C10000").regime(CN)
    assert found is not None
    assert found.structure == "caught"
    assert 0 < len(found.steps) <= 60
