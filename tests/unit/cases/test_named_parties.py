"""What screening finds enters decisions, proofs and tables: user lists, judgements, roles, ownership."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from coercivity.base.canonical import sha256
from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.exact import Interval
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.arguments import PACKED
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.data.parties.files import PartyFiles
from coercivity.data.parties.judgement import Judgement, Says
from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.data.parties.ownership import Listing, OwnershipGraph, Stake
from coercivity.intake.cells.columns import propose
from coercivity.intake.parties.builtin import builtin_lists
from coercivity.intake.parties.judgements.held import BY_LAW, seen_of
from coercivity.intake.parties.names import fold
from coercivity.intake.parties.results import Asked
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.engine.name_questions import said_of_name
from coercivity.law.explain.proof import proof, seal, verify
from coercivity.law.explain.reasons import reasons
from coercivity.law.recheck.check import recheck_by
from coercivity.law.recheck.pack import read_raw_law
from coercivity.law.rules.rulebook import Rulebook, with_party_files
from coercivity.verbs.proofs import proof_verify

BOOK = PACKED.book()
RAW = read_raw_law(BOOK.folder)
ON = parse_day("2026-03-02")
FREE = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}
LISTED, LISTED_ID = "Lafert S.p.A.", "p-it-lafert"
LIST_DAY = parse_day("2026-09-15")
NOBODY_LISTED = "Muster Magnettechnik GmbH"


SPRING = {"listed_on": parse_day("2026-03-02"), "delisted_on": parse_day("2026-05-01")}


def user_list(*entries: tuple[str, str], days: Mapping[str, Day] | None = None) -> NamedList:
    """A user's list."""
    name, days = "own.csv", days or {}
    held = tuple(
        ListEntry(key, name, (EntryName(text),), listed_on=days.get("listed_on"), delisted_on=days.get("delisted_on"))
        for key, text in entries
    )
    return NamedList(
        name,
        held,
        version="7",
        sha256=sha256([name, [one.digest for one in held], sorted(map(str, days.values())), sorted(days)]),
    )


def with_list(
    *entries: tuple[str, str], judgements: Sequence[Judgement] = (), days: Mapping[str, Day] | None = None
) -> Rulebook:
    """The rulebook with a user's list and judgements."""
    key = sha256([repr(one) for one in judgements]) if judgements else ""
    lists = (user_list(*entries, days=days),) if entries else ()
    return with_party_files(BOOK, PartyFiles(lists, tuple(judgements), key))


def deal(book: Rulebook, facts: Mapping[str, Any], on: Day = ON, standing: Standing | None = None) -> Decision:
    faults = Faults()
    block = packed_standing() if standing is None else standing
    gathered = gather(book, {**FREE, **facts}, standing=block, where="deal", on=on, faults=faults)
    faults.raise_if_any()
    return decide(book, gathered, on)


def whole(book: Rulebook, decision: Decision) -> dict[str, Any]:
    """The proof, checked by both readers."""
    made = json.loads(json.dumps(proof(book, decision)))
    assert verify(book, made) == []
    assert recheck_by(RAW, made) == []
    return dict(made)


def listed_party() -> tuple[str, str, ListEntry]:
    """A listed party whose notice is in force: its id, its name, one of its entries."""
    for held in builtin_lists(BOOK):
        for entry in held.entries:
            decision = deal(BOOK, {"consignee": entry.name, "end_user": NOBODY_LISTED})
            if decision.outcome.value == "STOP":
                return entry.entry_id, entry.name, entry
    raise AssertionError("no listed party")


PARTY, NAME, ENTRY = listed_party()
SIMILAR = NAME[:4] + NAME[5:]  # one letter is missing


def judged(
    says: Says, written: str, entry: ListEntry, asked: Asked | None = None, *, of_law: bool = True, at: str = "1"
) -> Judgement:
    list_id = BY_LAW if of_law else entry.list_id
    seen = seen_of(asked or Asked(written), written, entry)
    return Judgement(
        list_id,
        entry.entry_id,
        written,
        says,
        "export control desk",
        f"2026-03-0{at}T09:30:00Z",
        "addresses compared",
        seen,
    )


def test_two_end_users_never_share_a_hash() -> None:
    first, second = (
        deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": name}) for name in ("Example One", "Example Two")
    )
    assert first.outcome == second.outcome
    made = whole(BOOK, first), whole(BOOK, second)
    assert made[0]["hash"] != made[1]["hash"]
    assert made[0]["ruling"] == made[1]["ruling"]
    [consignee, end_user] = made[0]["screened"]["names"]
    assert (consignee["fact"], end_user["fact"]) == ("consignee", "end_user")
    assert (end_user["written"], end_user["folded"], end_user["verdict"]) == ("Example One", "exampleone", "none")
    assert [one["id"] for one in made[0]["screened"]["lists"]] == sorted(BOOK.party_lists)
    assert {one["sha256"] for one in made[0]["screened"]["lists"]} == {BOOK.parties_hash}


def test_a_deal_without_names_names_no_list() -> None:
    made = whole(BOOK, deal(BOOK, {}))
    assert made["screened"] == {"names": [], "lists": []}


@pytest.mark.parametrize("written", ["Example Rotor Works", "Exmple Rotor Works"])
@pytest.mark.parametrize("fact", ["consignee", "end_user", "exporter", "intermediary", "owner"])
def test_a_hit_on_a_users_list_is_a_question_and_never_a_prohibition(written: str, fact: str) -> None:
    names = {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}
    assert deal(BOOK, {**names, fact: written}).outcome.value == "PROCEED"
    book = with_list(("77", "Example Rotor Works"))
    decision = deal(book, {**names, fact: written})
    assert decision.outcome.value == "UNKNOWN"
    assert decision.ceiling.value != "STOP"
    [question] = decision.deal.name_questions
    assert (question.list_id, question.entry_id, question.effect) == ("own.csv", "77", "ask")
    [reason] = [one for one in reasons(book, decision) if one.kind == "names"]
    assert reason.question == question
    assert "own.csv" in said_of_name(book.words, question, "en")
    assert "own.csv" in said_of_name(book.words, question, "zh")
    made = whole(book, decision)
    assert made["screened"]["lists"][-1] == {
        "id": "own.csv", "version": "7", "as_of": "", "completeness": "unknown", "effect": "ask",
        "sha256": book.party_files.lists[0].sha256,
    }  # fmt: skip


def test_a_users_list_opens_no_notice() -> None:
    names = {"consignee": "Example Rotor Works", "end_user": NOBODY_LISTED}
    plain, listed = deal(BOOK, names), deal(with_list(("77", "Example Rotor Works")), names)
    assert listed.values["party_sets"] == plain.values["party_sets"]
    assert listed.open_standing == plain.open_standing == ()


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        ({"listed_on": parse_day("2026-03-03")}, "PROCEED"),
        ({"listed_on": parse_day("2026-03-02")}, "UNKNOWN"),
        ({"delisted_on": parse_day("2026-03-02")}, "PROCEED"),
        ({"delisted_on": parse_day("2026-03-03")}, "UNKNOWN"),
    ],
)
def test_an_entry_counts_while_it_is_on_its_list(days: dict[str, Day], outcome: str) -> None:
    book = with_list(("77", "Example Rotor Works"), days=days)
    decision = deal(book, {"consignee": "Example Rotor Works", "end_user": NOBODY_LISTED})
    assert decision.outcome.value == outcome
    made = whole(book, decision)
    assert [entry["entry"] for entry in made["screened"]["names"][0]["entries"]] == ["77"]
    [question] = decision.deal.name_questions
    told = said_of_name(book.words, question, "en", on=ON)
    assert ("was not on that list on 2026-03-02" in told) == (outcome == "PROCEED")


def test_the_days_of_an_entry_cannot_be_changed_in_its_question_alone() -> None:
    book = with_list(("77", "Example Rotor Works"), days=SPRING)
    made = whole(book, deal(book, {"consignee": "Example Rotor Works", "end_user": NOBODY_LISTED}))
    assert made["outcome"] == "UNKNOWN"
    for change, told in (
        ({"to_on": "2026-03-01"}, "has other days than the entry"),
        ({"answer": "different"}, "no judgement answers the question"),
        ({"effect": "law"}, "has another effect than its list"),
    ):
        [question] = made["names"]
        if "answer" in change:
            question = {**question, "verdict": "possible"}
        forged = resealed(made, names=[{**question, **change}])
        faults = recheck_by(RAW, forged)
        assert any(told in fault or "the question about it is answered" in fault for fault in faults), faults


def test_a_judgement_clears_a_similar_name() -> None:
    names = {"consignee": SIMILAR, "end_user": NOBODY_LISTED}
    assert deal(BOOK, names).outcome.value == "UNKNOWN"
    book = with_list(judgements=[judged("different", SIMILAR, ENTRY)])
    decision = deal(book, names)
    assert decision.outcome.value == "PROCEED"
    made = whole(book, decision)
    [entry, *_] = made["screened"]["names"][0]["entries"]
    assert (entry["screened"], entry["verdict"]) == ("possible", "none")
    assert entry["judged"] == {
        "says": "different", "by": "export control desk", "at": "2026-03-01T09:30:00Z", "why": "addresses compared"
    }  # fmt: skip
    [question] = decision.deal.name_questions
    assert question.answer == "different"
    assert "export control desk" in said_of_name(book.words, question, "en")


def test_a_judgement_clears_a_match() -> None:
    names = {"consignee": NAME, "end_user": NOBODY_LISTED}
    assert deal(BOOK, names).outcome.value == "STOP"
    book = with_list(judgements=[judged("different", NAME, ENTRY)])
    decision = deal(book, names)
    assert decision.outcome.value == "PROCEED"
    [entry, *_] = whole(book, decision)["screened"]["names"][0]["entries"]
    assert (entry["screened"], entry["verdict"]) == ("match", "none")


def test_a_judgement_of_the_same_party_is_a_match() -> None:
    book = with_list(judgements=[judged("same", SIMILAR, ENTRY)])
    decision = deal(book, {"consignee": SIMILAR, "end_user": NOBODY_LISTED})
    assert decision.outcome.value == "STOP"
    whole(book, decision)


def test_the_same_party_of_a_users_list_stays_a_question_of_that_list() -> None:
    [entry] = user_list(("77", "Example Rotor Works")).entries
    book = with_list(
        ("77", "Example Rotor Works"), judgements=[judged("same", "Exmple Rotor Works", entry, of_law=False)]
    )
    decision = deal(book, {"consignee": "Exmple Rotor Works", "end_user": NOBODY_LISTED})
    assert decision.outcome.value == "UNKNOWN"
    [question] = decision.deal.name_questions
    told = said_of_name(book.words, question, "en")
    assert " is 'Example Rotor Works' [77] on the list own.csv" in told
    assert "your own rule for it decides" in told
    whole(book, decision)


def test_who_is_unsure_is_named_and_the_question_stays() -> None:
    book = with_list(judgements=[judged("unsure", SIMILAR, ENTRY)])
    decision = deal(book, {"consignee": SIMILAR, "end_user": NOBODY_LISTED})
    assert decision.outcome.value == "UNKNOWN"
    [question] = decision.deal.names_open_on(ON)
    assert "export control desk could not tell on 2026-03-01" in said_of_name(book.words, question, "en")
    whole(book, decision)


def test_a_judgement_that_was_withdrawn_is_none() -> None:
    both = [judged("different", SIMILAR, ENTRY), judged("withdrawn", SIMILAR, ENTRY, at="2")]
    assert (
        deal(with_list(judgements=both), {"consignee": SIMILAR, "end_user": NOBODY_LISTED}).outcome.value == "UNKNOWN"
    )


def test_what_changed_since_reopens_the_question_and_is_said() -> None:
    elsewhere = Asked(SIMILAR, address="1 Example Street, Hamburg")
    book = with_list(judgements=[judged("different", SIMILAR, ENTRY, elsewhere)])
    decision = deal(book, {"consignee": SIMILAR, "end_user": NOBODY_LISTED})
    assert decision.outcome.value == "UNKNOWN"
    [question] = decision.deal.names_open_on(ON)
    assert question.judged is not None
    assert question.judged.changed == ("address",)
    assert said_of_name(book.words, question, "en").endswith("no longer valid, since this changed: address")
    whole(book, decision)


@pytest.mark.parametrize("fact", ["exporter", "intermediary", "owner"])
@pytest.mark.parametrize("written", [NAME, SIMILAR])
def test_a_listed_party_in_another_role_is_a_question(fact: str, written: str) -> None:
    names = {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}
    plain, decision = deal(BOOK, names), deal(BOOK, {**names, fact: written})
    assert (plain.outcome.value, decision.outcome.value) == ("PROCEED", "UNKNOWN")
    assert decision.ceiling == plain.ceiling
    assert decision.values["party_sets"] == plain.values["party_sets"]
    [question] = decision.deal.name_questions
    told = said_of_name(BOOK.words, question, "en")
    assert "the notices bar supplies to the listed party" in told
    assert ("listed_owner_share" in told) == (fact == "owner")
    whole(BOOK, decision)


@pytest.mark.parametrize("text", ["unknown", "tbc", "n/a", "same as consignee"])
def test_a_role_that_names_nobody_opens_nothing(text: str) -> None:
    names = {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}
    decision = deal(BOOK, {**names, "intermediary": text, "owner": text})
    assert decision.outcome.value == "PROCEED"
    whole(BOOK, decision)


@pytest.mark.parametrize("before", ["tbc; ", "to be confirmed / ", "same as consignee; ", "see contract\n", "tbd ("])
def test_a_placeholder_hides_no_name_beside_it(before: str) -> None:
    names = {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}
    held = deal(BOOK, {**names, "intermediary": before + NAME})
    assert held.outcome.value == "UNKNOWN"
    assert [question.party_id for question in held.deal.name_questions] == [PARTY]
    whole(BOOK, held)
    stopped = deal(BOOK, {**names, "end_user": before + NAME})
    assert "no_name" in {reason for question in stopped.deal.name_questions for reason in question.reasons}
    assert stopped.outcome is deal(BOOK, {**names, "end_user": NAME}).outcome
    whole(BOOK, stopped)


def test_a_deal_that_states_another_party_clears_no_match_in_a_role() -> None:
    names = {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED, "intermediary": NAME, "different_from": [PARTY]}
    assert deal(BOOK, names).outcome.value == "UNKNOWN"


@pytest.mark.parametrize(
    "text",
    [
        "\u202eABC",
        "?",
        f"{NAME}?",
        f"{NAME}; tbc",
        "Müller (株)",
        "{}",
        "{0} %s",
        "=1+1",
        "; ".join("abcdefgh"),
    ],
)
@pytest.mark.parametrize("fact", ["end_user", "owner"])
def test_an_odd_name_gives_a_proof_that_both_readers_confirm(text: str, fact: str) -> None:
    decision = deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED, fact: text})
    [shown] = [one for one in whole(BOOK, decision)["screened"]["names"] if one["fact"] == fact]
    assert shown["written"] == text
    for question in decision.deal.name_questions:
        assert text[:8] in said_of_name(BOOK.words, question, "en") or question.listed
        assert said_of_name(BOOK.words, question, "zh")


@pytest.mark.parametrize("text", ["", " ", "A" * 10_000, "; ".join(f"Example {n}" for n in range(10_000)), "\ud800x"])
def test_a_name_that_is_none_is_an_error(text: str) -> None:
    with pytest.raises(CoercivityError, match="FACT-VALUE"):
        deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": text})


def resealed(made: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    body = {**json.loads(json.dumps(made)), **changes}
    return {**body, **seal(body)}


def test_a_changed_name_in_a_proof_is_found() -> None:
    made = whole(BOOK, deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}))
    forged = json.loads(json.dumps(made))
    forged["screened"]["names"][0]["written"] = "Example Works"
    assert "the content does not match the stated hash" in verify(BOOK, forged)
    assert "the content does not match the stated hash" in recheck_by(RAW, forged)


def test_an_open_name_cannot_be_left_out_of_a_proof() -> None:
    """Each reader alone sees that a name which nobody identified holds the result."""
    made = whole(BOOK, deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED, "owner": NAME}))
    without = {key: value for key, value in made.items() if key != "names"}
    assert any("there is no question about it" in fault for fault in recheck_by(RAW, resealed(without)))
    freed = resealed(made, outcome="PROCEED")
    assert any("outcome" in fault for fault in recheck_by(RAW, freed))
    assert "outcome differs when the decision is recomputed" in verify(BOOK, freed)
    screened = json.loads(json.dumps(made["screened"]))
    screened["names"][-1]["entries"][0]["verdict"] = "none"
    assert any(
        "does not follow from its judgement" in fault for fault in recheck_by(RAW, resealed(made, screened=screened))
    )


def test_a_changed_name_with_fitting_hashes_is_found(tmp_path: Path) -> None:
    """The names are screened again with the same lists."""
    made = whole(BOOK, deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}))
    screened = json.loads(json.dumps(made["screened"]))
    screened["names"][1] |= {"written": SIMILAR, "folded": fold(SIMILAR)}
    path = tmp_path / "proof.json"
    for content, stands in ((made, True), (resealed(made, screened=screened), False)):
        path.write_text(json.dumps(content), encoding="utf-8")
        [found] = proof_verify(path)
        assert found.stands is stands, found.faults
    assert any(fault.startswith("screened again: name ") for fault in found.faults)


def test_the_lists_of_the_law_in_a_proof_are_those_of_the_rulebook() -> None:
    made = whole(BOOK, deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}))
    screened = json.loads(json.dumps(made["screened"]))
    screened["lists"][0]["completeness"] = "complete, all of it"
    forged = resealed(made, screened=screened)
    assert "screened differs when the decision is recomputed" in verify(BOOK, forged)
    assert any("not those of the rulebook" in fault for fault in recheck_by(RAW, forged))


GRAPH = OwnershipGraph(
    (
        Stake(
            "Example Listed Parent",
            "Example Motor KK",
            Interval(600_000_000, 600_000_000),
            to_on=parse_day("2026-06-01"),
        ),
        Stake("Example Listed Parent", "Example Minor KK", Interval(499_000_000, 499_000_000)),
    ),
    {"Example Listed Parent": (Listing("control_list"),)},
    {},
    {},
    sha256("graph"),
)
OWNED_BOOK = with_party_files(BOOK, PartyFiles(ownership=GRAPH))
MAGNET = {"magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"]}


def test_a_listed_owner_in_the_file_is_a_fact_of_the_deal_on_its_day() -> None:
    names = {**MAGNET, "consignee": NOBODY_LISTED, "end_user": "Example Motor K.K."}
    decision = deal(OWNED_BOOK, names)
    assert decision.values["listed_owner_share"] == Interval(600_000_000, 600_000_000)
    assert decision.values["listed_owner_list"] == "control_list"
    assert decision.deal.said_by["listed_owner_list"].startswith("ownership file, SHA-256 ")
    later = deal(OWNED_BOOK, names, parse_day("2026-06-01"))
    assert "listed_owner_list" not in later.values
    whole(OWNED_BOOK, decision)


def test_a_share_below_half_settles_nothing_while_other_owners_are_not_stated() -> None:
    """Of the minor company the file states 49.9 % only: half may be held, so that no declaration is left to answer."""
    decision = deal(OWNED_BOOK, {**MAGNET, "consignee": NOBODY_LISTED, "end_user": "Example Minor KK"})
    assert "listed_owner_share" not in decision.values
    whole(OWNED_BOOK, decision)


def test_a_party_that_the_file_does_not_name_keeps_its_declaration() -> None:
    names = {**MAGNET, "consignee": NOBODY_LISTED, "end_user": NOBODY_LISTED}
    assert deal(OWNED_BOOK, names).values == deal(BOOK, names).values


@pytest.mark.parametrize(("consignee", "settled"), [("Example Holding AG", True), (NOBODY_LISTED, False)])
def test_a_file_settles_the_question_only_if_it_covers_both_parties(consignee: str, settled: bool) -> None:
    whole_share = Interval(1_000_000_000, 1_000_000_000)
    free = ("Example Founder", "Example Holding AG", "Example Parts KK")
    stakes = tuple(Stake(free[0], owned, whole_share) for owned in free[1:])
    graph = OwnershipGraph(stakes, dict.fromkeys(free, ()), {}, {}, sha256("free"))
    book = with_party_files(BOOK, PartyFiles(ownership=graph))
    standing = packed_standing()
    facts = {name: value for name, value in standing.facts.items() if name != "listed_owner_share"}
    bare = replace(standing, facts=facts)
    decision = deal(book, {**MAGNET, "consignee": consignee, "end_user": "Example Parts KK"}, standing=bare)
    assert ("listed_owner_share" in decision.values) is settled


def test_a_declaration_for_all_deals_does_not_close_a_share_that_the_file_leaves_open() -> None:
    """The file names an owner of 60 % who may be anybody; the declaration says that nobody listed owns anything."""
    stakes = (Stake("?", "Example Parts KK", Interval(600_000_000, 600_000_000)),)
    graph = OwnershipGraph(stakes, {}, {}, {}, sha256("open"))
    book = with_party_files(BOOK, PartyFiles(ownership=graph))
    assert packed_standing().facts["listed_owner_share"] == "0"
    decision = deal(book, {**MAGNET, "consignee": NOBODY_LISTED, "end_user": "Example Parts KK"})
    assert "listed_owner_share" not in decision.values


def test_a_stated_share_that_the_file_contradicts_is_an_error() -> None:
    names = {**MAGNET, "consignee": NOBODY_LISTED, "end_user": "Example Motor KK", "listed_owner_share": "0.1"}
    with pytest.raises(CoercivityError, match=r"listed_owner_share is 0\.1, but 0\.6 according to the ownership file"):
        deal(OWNED_BOOK, names)
    faults = Faults()
    undated = gather(OWNED_BOOK, {**FREE, **names}, standing=packed_standing(), where="deal", faults=faults)
    faults.raise_if_any()
    assert decide(OWNED_BOOK, undated, ON).deal.unread == ("listed_owner_share",)


def table(book: Rulebook, rows: Sequence[Mapping[str, Any]], standing: Standing | None = None) -> pl.DataFrame:
    """The results of rows of a table."""
    frame = pl.DataFrame(rows)
    block = packed_standing() if standing is None else standing
    plan = Plan(propose(book, frame.columns), block)
    return PartDecider(book, plan).decide(Rows(frame, 1, None, {}, {})).frame


ROW = {
    "material": "ferrite magnets",
    "form": "magnet",
    "magnet_type": "ferrite",
    "elements": "[]",
    "from": "CN",
    "to": "DE",
}


@pytest.mark.parametrize(
    "book",
    [
        BOOK,
        with_list(("77", "Example Rotor Works"), days=SPRING),
        with_list(("77", "Example Rotor Works"), judgements=[judged("different", SIMILAR, ENTRY)]),
        OWNED_BOOK,
    ],
    ids=["law", "dated list", "judgement", "ownership"],
)
def test_a_row_has_the_hash_and_the_outcome_of_the_deal_alone(book: Rulebook) -> None:
    names = [NOBODY_LISTED, "Example Rotor Works", SIMILAR, NAME, "Example Motor KK", "tbc", "Example Two"]
    rows = [
        {
            **ROW,
            "on": on,
            "consignee": names[n % 7],
            "end_user": names[(n // 7) % 7],
            "notify party": names[(n * 3) % 7],
        }
        for n in range(49)
        for on in ("2026-03-01", "2026-03-02", "2026-05-01", "2026-06-01")
    ]
    found = table(book, rows)
    assert found["input_error"].null_count() == len(rows)
    hashes = set()
    for row, made in zip(rows, found.rows(named=True), strict=True):
        facts = {"consignee": row["consignee"], "end_user": row["end_user"], "intermediary": row["notify party"]}
        alone = deal(book, facts, parse_day(row["on"]))
        assert (made["outcome"], made["decision_hash"]) == (alone.outcome.value, proof(book, alone)["hash"]), row
        hashes.add(made["decision_hash"])
    assert len(hashes) == len(rows)


def test_no_column_of_names_is_dropped() -> None:
    heads = ["End user", "End user 2", "Consignee", "Notify party", "Bank", "Intermediate consignee", "Parent company"]
    roles = propose(BOOK, [*ROW, "on", *heads]).columns
    assert [roles[head] for head in heads] == ["end_user", "end_user", "consignee", *["intermediary"] * 3, "owner"]
    blank = {
        **ROW,
        "on": "2026-03-02",
        **dict.fromkeys(heads, ""),
        "Consignee": NOBODY_LISTED,
        "End user": NOBODY_LISTED,
    }
    for head in heads:
        [row] = table(BOOK, [{**blank, head: NAME}]).rows(named=True)
        assert row["outcome"] == ("STOP" if "user" in head or head == "Consignee" else "UNKNOWN"), head
    [row] = table(BOOK, [blank]).rows(named=True)
    assert row["outcome"] == "PROCEED"
    [row] = table(BOOK, [{**blank, "End user 2": "tbc"}]).rows(named=True)
    assert row["outcome"] == "UNKNOWN"


def test_a_row_that_the_ownership_file_contradicts_is_an_error_of_that_row() -> None:
    rows = [
        {**ROW, "on": "2026-03-02", "consignee": NOBODY_LISTED, "end_user": name, "listed_owner_share": "0.1"}
        for name in ("Example Motor KK", NOBODY_LISTED)
    ]
    wrong, good = table(OWNED_BOOK, rows).rows(named=True)
    assert "0.6 according to the ownership file" in wrong["input_error"]
    assert good["input_error"] is None


def test_a_row_of_which_half_is_open_waits_for_the_share_as_a_deal_does() -> None:
    """Without the file and with one that states less than half, in a standing block without that answer."""
    standing = packed_standing()
    bare = replace(standing, facts={n: v for n, v in standing.facts.items() if n != "listed_owner_share"})
    stakes = (Stake("Example Founder", "Example Parts KK", Interval(300_000_000, 300_000_000)),)
    book = with_party_files(BOOK, PartyFiles(ownership=OwnershipGraph(stakes, {}, {}, {}, sha256("part"))))
    for name, both in (("consignee", "end_user"), ("end_user", "consignee")):
        row = {**ROW, "on": "2025-10-20", name: "Example Parts KK", both: NOBODY_LISTED}
        for used in (BOOK, book):
            [found] = table(used, [row], bare).rows(named=True)
            assert found["outcome"] == "UNKNOWN"
            assert "listed_owner_share" in found["missing"]


OLD = Path(__file__).parents[1] / "verbs" / "old_proofs" / "proof-2.json"


@pytest.mark.parametrize("name", ["question", "answered", "hit"])
def test_a_proof_of_the_format_before_is_verified(name: str) -> None:
    """It was written before names were part of proofs; only the rulebook that it names is replaced here."""
    [old] = [one["proof"] for one in json.loads(OLD.read_text(encoding="utf-8")) if one["id"] == name]
    assert old["schema"] == "coercivity/proof/2"
    assert {"ruling": old["ruling"], "hash": old["hash"]} == seal(old)
    pack = {"version": BOOK.version, "hash": BOOK.content_hash}
    today = resealed(old, pack=pack, lists={**old["lists"], "packed": BOOK.parties_hash})
    assert verify(BOOK, today) == []
    assert recheck_by(RAW, today) == []
    forged = resealed(today, outcome="LICENCE")
    assert verify(BOOK, forged)
    assert recheck_by(RAW, forged)
    with pytest.raises(CoercivityError, match="PROOF-FORM"):
        recheck_by(RAW, resealed(today, screened={"names": [], "lists": []}))


def test_a_deal_keeps_its_source_of_dated_facts_apart() -> None:
    decision = deal(OWNED_BOOK, {**MAGNET, "consignee": NOBODY_LISTED, "end_user": "Example Motor KK"})
    assert decision.deal.dated is None
    assert replace(decision.deal).facts == decision.deal.facts


def test_signs_that_turn_the_text_are_no_letters_of_another_script() -> None:
    decision = deal(BOOK, {"consignee": NOBODY_LISTED, "end_user": "Example\u202e Rotor Trading"})
    [shown] = whole(BOOK, decision)["screened"]["names"][1:] or whole(BOOK, decision)["screened"]["names"]
    assert "turned" in {reason for question in decision.deal.name_questions for reason in question.reasons}
    assert "turned" in shown["remarks"]
    assert "other_script" not in shown["remarks"]
