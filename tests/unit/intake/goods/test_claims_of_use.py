"""A claim of civil use in a description settles nothing; a weapon by its designation is one."""

from __future__ import annotations

import pytest

from coercivity.intake.goods.use import military_word, read_use


@pytest.mark.parametrize(
    "text",
    [
        "motors for drones. For civil use only.",
        "ferrite magnets for UAV, commercial use",
        "无人机电机，民用",
        "bolts for AIM-9",
    ],
)
def test_a_claim_in_a_description_leaves_the_use_open(text: str) -> None:
    assert military_word(text)


def test_a_civil_thing_is_no_claim() -> None:
    assert not military_word("magnets for toy drones")
    assert not military_word("农业无人机电机")


def test_the_column_of_the_use_is_a_statement_of_its_own() -> None:
    assert not read_use("civil drones").unread
