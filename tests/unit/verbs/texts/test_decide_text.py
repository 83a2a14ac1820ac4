"""A text is answered as a cell with the same words, with the same hash; several deals are answered one by one."""

from __future__ import annotations

import time

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.deal import decide_cells
from coercivity.verbs.decide import decide
from coercivity.verbs.texts.clean import clean_text
from coercivity.verbs.texts.decide import decide_text
from coercivity.verbs.texts.read import read_words

ON = "2025-10-15"
ROUTE = {"from": "CN", "to": "DE"}
SEVERAL = "one sintering furnace, the drawings for it, commissioning by our fitter"


def test_a_text_with_one_deal_is_the_cell() -> None:
    text = "sintered NdFeB magnets with 2 % Dy"
    answer = decide_text(text, on=ON, cells=ROUTE)
    cell = decide_cells({**ROUTE, "material": text}, on=ON)
    assert [part.answer.proof for part in answer.parts] == [cell.answer.proof]
    assert answer.parts[0].facts == cell.facts
    assert answer.outcome.value == "LICENCE"


def test_every_deal_of_a_text_is_answered_and_the_gravest_counts() -> None:
    answer = decide_text(SEVERAL, on=ON, cells=ROUTE)
    acts = [part.facts.get("act") for part in answer.parts]
    assert len(acts) > 1
    assert acts[0] == "goods"
    assert {"technology", "service"} & set(acts)
    assert [found.id for found in answer.answers] == [f"deal {number}" for number in range(1, len(acts) + 1)]
    assert answer.outcome in {found.outcome for found in answer.answers}
    for number, part in enumerate(answer.parts, 1):
        cell = decide_cells({**ROUTE, "material": SEVERAL}, on=ON, part=number)
        assert part.answer.proof["hash"] == cell.answer.proof["hash"]


def test_a_place_as_a_fact_is_a_place_in_a_cell() -> None:
    """The route tells that goods are exported."""
    text = "dysprosium oxide"
    by_cell = decide_text(text, on=ON, cells=ROUTE).parts[0]
    by_fact = decide(text=text, on=ON, facts={"from": "China", "destination": "Deutschland"}).parts[0]
    assert by_fact.answer.proof["hash"] == by_cell.answer.proof["hash"]
    assert by_fact.facts["act"] == "goods"


def test_a_description_given_twice_is_an_error() -> None:
    with pytest.raises(CoercivityError, match="described twice"):
        decide_text("magnets", on=ON, cells={"material": "oxide"})


@pytest.mark.parametrize("text", ["", " \n\t", "\u202e\u200b", "\x00\x07"])
def test_a_text_without_words_is_an_error(text: str) -> None:
    with pytest.raises(CoercivityError, match="TEXT-EMPTY"):
        read_words(text)


def test_a_text_that_is_too_long_is_told_with_the_limit() -> None:
    with pytest.raises(CoercivityError) as caught:
        read_words("magnet " * 15_000)
    fault = caught.value.faults[0]
    assert (fault.code, "20,000" in fault.what, "batch" in fault.next) == ("TEXT-LENGTH", True, True)


def test_characters_that_are_not_shown_are_left_out_with_a_note() -> None:
    text, notes = clean_text("mag\u202enet\x07s\nto Japan")
    assert text == "magnets\nto Japan"
    assert notes == ("2 invisible or control characters left out, the first at character 4",)
    assert clean_text("magnets\r\n\tto Japan") == ("magnets\r\n\tto Japan", ())


def test_a_formula_is_told_and_not_read() -> None:
    with pytest.raises(CoercivityError, match="FORMULA-CELL"):
        decide_text('=HYPERLINK("http://a.example","magnets")', on=ON)


@pytest.mark.parametrize("text", ["x" * 20_000, "magnetsinteranlage" * 1_100, "(" * 20_000, "1.2 % " * 3_300])
def test_a_long_text_without_sense_is_answered_at_once(text: str) -> None:
    """The time does not grow with the square of the length."""
    begun = time.process_time()
    assert decide_text(text[:20_000], on=ON, cells=ROUTE).outcome.value == "UNKNOWN"
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> magnets", "magnets " * 2_400, "磁体magnetمغناطيسмагнит" * 300]
)
def test_odd_texts_conclude_nothing_that_frees(text: str) -> None:
    """Nothing proceeds on words that were not understood."""
    answer = decide_text(text, on=ON, cells=ROUTE)
    assert answer.outcome.value == "UNKNOWN"
