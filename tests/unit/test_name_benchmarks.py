"""The benchmarks of names and ownership measure what they say."""

from __future__ import annotations

import pytest

from benchmarks._long_lists import COLUMNS, consolidated, long_list
from benchmarks._name_kana import half_width, hepburn, katakana, kunrei
from benchmarks._name_lists import USCC_SIGNS, lei, made_parties, uscc
from benchmarks._name_scores import wrongs
from benchmarks._name_scripts import japanese, of_chinese, wade_giles
from benchmarks._name_sets import Case
from benchmarks._name_variants import of_firm, without_form
from benchmarks._unlisted import neighbours, unlisted
from benchmarks._worlds import structure
from benchmarks.peers.names import threshold_for
from coercivity.base.days import parse_day
from coercivity.base.exact import SCALE, Interval
from coercivity.data.parties.listed import EntryName, ListEntry
from coercivity.data.parties.ownership import Listing, OwnershipGraph, Stake
from coercivity.intake.parties.results import Asked, Finding, PartyResult, Verdict

ENTRY = ListEntry("one", "list", (EntryName("Example Works"),))
ON = parse_day("2025-10-20")


def result(verdict: Verdict) -> PartyResult:
    """A result that finds the entry."""
    return PartyResult(Asked("x"), "x", (Finding("x", ENTRY, "Example Works", verdict, verdict, 1, ()),))


@pytest.mark.parametrize(
    ("expected", "party", "verdict", "counted"),
    [
        ("match", "one", "match", {"found", "as match"}),
        ("match", "one", "possible", {"found"}),
        ("possible", "one", "match", {"found", "as match", "over-confirmed"}),
        ("possible", "other", "match", {"missed", "another"}),
        ("match", "one", "none", {"missed"}),
        ("none", "", "possible", {"possible for none"}),
        ("none", "", "match", {"match for none"}),
        ("none", "", "none", set()),
    ],
)
def test_every_way_to_be_wrong_is_counted(expected: str, party: str, verdict: Verdict, counted: set[str]) -> None:
    case = Case("kind", Asked("x"), expected, frozenset(filter(None, (party,))))  # type: ignore[arg-type]
    assert set(wrongs(case, result(verdict))) == counted


def test_a_threshold_lets_no_more_strangers_pass_than_allowed() -> None:
    scores = [0.1, 0.2, 0.2, 0.5, 0.9]
    for share, passed in ((0.0, 0), (0.2, 1), (0.4, 2), (0.6, 2), (0.8, 4)):
        assert sum(score >= threshold_for(scores, share) for score in scores) == passed


def test_made_lists_are_the_same_in_every_run_and_name_nobody_twice() -> None:
    parties = made_parties(40)
    assert [one.entry.digest for one in parties] == [one.entry.digest for one in made_parties(40)]
    assert len({without_form(one.entry.name) for one in parties}) == len(parties)
    assert len(set(unlisted())) == len(unlisted()) == 12_000
    assert not {one.entry.name for one in parties} & {*unlisted(), *neighbours()}
    assert len({one.entry_id for one in long_list(500).entries}) == 500
    assert consolidated(3).splitlines()[0].split(",") == list(COLUMNS)


def test_identifiers_have_valid_check_digits() -> None:
    for number in range(60):
        assert int("".join(str(int(sign, 36)) for sign in lei(number))) % 97 == 1
        code = uscc(number)
        assert len(code) == 18
        weights = [pow(3, place, 31) for place in range(17)] + [1]
        assert sum(USCC_SIGNS.index(sign) * weight for sign, weight in zip(code, weights, strict=True)) % 31 == 0


def test_readings_follow_their_systems() -> None:
    assert [wade_giles(one, True) for one in ("qing", "zhong", "xu", "ke", "shi", "zi", "dian", "you")] == [
        "ch'ing", "chung", "hsü", "k'o", "shih", "tzu", "tien", "yu",
    ]  # fmt: skip
    assert (kunrei("きっしゃ"), hepburn("じゅうこうぎょう"), hepburn("こうじょう", "macron")) == (
        "kissya",
        "jukogyo",
        "kōjō",
    )
    assert half_width(katakana("がぱー")) == "ｶﾞﾊﾟｰ"
    assert japanese("发展电气龙") == "発展電気竜"


def test_variants_differ_from_the_name_and_say_their_verdict() -> None:
    for variants in (of_firm("Example Precision Works Ltd", "Example"), of_chinese("示例精密机械有限公司")):
        kinds = [(one.kind, one.written) for one in variants]
        assert len(kinds) == len(set(kinds)) > 20
    sure = {one.kind for one in of_firm("Example Precision Works Ltd") if one.expected == "match"}
    assert sure.isdisjoint({"initials", "slips two", "misread", "sister", "plural", "cyrillic"})


def test_every_world_of_a_graph_is_tried() -> None:
    """An unknown owner may be the listed one; two holdings are added in one reading only."""

    def of(*held: tuple[str, float], target: str = "A") -> str:
        stakes = tuple(Stake(owner, "A", Interval(int(share * SCALE), int(share * SCALE))) for owner, share in held)
        graph = OwnershipGraph(stakes, {"L": (Listing("control_list"),), "M": (Listing("watch_list"),)}, {}, {})
        return structure(graph, target, ON, "cn_61_2025")

    assert of(("L", 0.5)) == "caught"
    assert of(("L", 0.49), ("B", 0.51)) == "not_caught"
    assert of(("L", 0.3), ("M", 0.2)) == "unknown"
    assert of(("L", 0.2), ("?", 0.3)) == "unknown"
    assert of(("L", 0.2), ("?", 0.2), ("B", 0.6)) == "not_caught"
