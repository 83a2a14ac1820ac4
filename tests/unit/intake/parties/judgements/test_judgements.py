"""A judgement holds until name, address, country, owner or entry change, and can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.data.parties.judgement import Judgement, Says
from coercivity.data.parties.listed import EntryName, ListEntry
from coercivity.intake.parties.judgements.held import Judgements, seen_of
from coercivity.intake.parties.results import Asked, Finding, PartyResult, Verdict

ENTRY = ListEntry("e-1", "own", (EntryName("Example Magnetics Ltd"),))
ASKED = Asked("Exampel Magnetics Ltd", address="1 Example Road", country="GB", owner="Example Holding")


def judged(
    says: Says, asked: Asked = ASKED, entry: ListEntry = ENTRY, at: str = "2026-11-24T09:00:00Z", by: str = "Analyst A"
) -> Judgement:
    """A judgement of a pair as it stands."""
    seen = seen_of(asked, asked.name, entry)
    list_id = "law" if entry.party_set else entry.list_id
    return Judgement(list_id, entry.entry_id, asked.name, says, by, at, "register numbers differ", seen)


def result(asked: Asked = ASKED, entry: ListEntry = ENTRY, verdict: Verdict = "possible") -> PartyResult:
    """A screening with one finding."""
    finding = Finding(asked.name, entry, entry.name, verdict=verdict, screened=verdict, points=70, features=())
    return PartyResult(asked, asked.name, (finding,))


@pytest.mark.parametrize("verdict", ["match", "possible"])
@pytest.mark.parametrize(
    ("says", "becomes"), [("same", "match"), ("different", "none"), ("unsure", None), ("withdrawn", None)]
)
def test_a_judgement_decides_the_pair(verdict: Verdict, says: Says, becomes: str | None) -> None:
    """Same and different decide; unsure and withdrawn leave the verdict of the comparison."""
    found = Judgements([judged(says)]).applied(result(verdict=verdict))
    assert found.verdict == (becomes or verdict)
    assert found.findings[0].screened == verdict


@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({"address": "2 Other Street"}, ("address",)),
        ({"address": ""}, ("address",)),
        ({"country": "CN"}, ("country",)),
        ({"owner": "Other Holding"}, ("owner",)),
        ({"owner": "", "country": ""}, ("country", "owner")),
        ({"name": "Exampel Magnetics GmbH"}, ("name",)),
        ({"name": "Example Motors Ltd"}, ("name",)),
    ],
)
def test_a_change_opens_the_pair_and_says_what(changes: dict[str, str], changed: tuple[str, ...]) -> None:
    """Less being stated is a change as well; a new name at the old address is the pair with another name."""
    said = {"name": ASKED.name, "address": ASKED.address, "country": ASKED.country, "owner": ASKED.owner} | changes
    now = Asked(said["name"], said["address"], said["country"], owner=said["owner"])
    found = Judgements([judged("different")]).applied(result(now))
    assert found.verdict == "possible"
    assert found.findings[0].judged is not None
    assert found.findings[0].judged.changed == changed


def test_a_changed_entry_opens_the_pair() -> None:
    """A new alias or address of the entry is a change; another notice about the same party is none."""
    other = replace(ENTRY, addresses=("3 Example Square",))
    assert Judgements([judged("different")]).applied(result(entry=other)).verdict == "possible"
    listed = replace(ENTRY, party_set="cl-a", list_id="control_list")
    again = replace(listed, party_set="uel-b", list_id="unreliable_entity_list")
    assert Judgements([judged("different", entry=listed)]).applied(result(entry=again)).verdict == "none"


def test_spelling_that_folds_alike_is_no_change() -> None:
    """Case, width, spaces and dots."""
    now = replace(ASKED, name="EXAMPEL  MAGNETICS, LTD.", address="1, Example Road.")
    assert Judgements([judged("different")]).applied(result(now)).verdict == "none"


def test_the_last_judgement_counts_and_can_be_withdrawn() -> None:
    """The history keeps all of them."""
    lines = [judged("different"), judged("same", by="Analyst B"), judged("withdrawn")]
    assert Judgements(lines[:2]).applied(result()).verdict == "match"
    held = Judgements(lines)
    assert held.applied(result()).verdict == "possible"
    assert held.of(ASKED, ASKED.name, ENTRY) is None
    assert held.history(ASKED.name, ENTRY) == tuple(lines)


def test_two_parties_of_one_name_are_judged_apart() -> None:
    """One name at two addresses: the second decision does not open the first one again."""
    elsewhere = replace(ASKED, address="9 Sample Street", owner="")
    held = Judgements([judged("different"), judged("same", asked=elsewhere)])
    assert held.applied(result()).verdict == "none"
    assert held.applied(result(elsewhere)).verdict == "match"


@pytest.mark.parametrize("says", ["same", "unsure"])
def test_a_name_alone_is_asked_again_once_more_is_known_of_it(says: Says) -> None:
    """Whoever judged the name alone did not see the address of the one that was judged since."""
    alone = Asked(ASKED.name)
    lines = [judged("different", asked=alone), judged(says, by="Analyst B")]
    found = Judgements(lines).applied(result(alone, verdict="match"))
    assert found.verdict == "match"
    assert found.findings[0].judged is not None
    assert found.findings[0].judged.changed == ("address", "country", "owner")
    cleared = [lines[0], judged("different", by="Analyst B")]
    assert Judgements(cleared).applied(result(alone, verdict="match")).verdict == "none"
    again = [*lines, judged("different", asked=alone)]
    assert Judgements(again).applied(result(alone, verdict="match")).verdict == "none"


def test_a_judgement_of_another_pair_changes_nothing() -> None:
    """Neither of another entry nor of another name elsewhere."""
    other = replace(ENTRY, entry_id="e-2")
    elsewhere = Asked("Sample Motors")
    held = Judgements([judged("different", entry=other), judged("different", asked=elsewhere)])
    assert held.applied(result()) == result()
