"""Output of `survive` and `clock` for the two example workbooks, in English and Chinese, and J9 and J10 on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from coercivity.base.words import Lang
from coercivity.papers.firm.chain.sections import chain_sections
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable
from coercivity.verbs.chain import ChainClock, chain_clock
from coercivity.verbs.company import CompanyStops, company_stops
from tests.places import ROOT

FIRMS = ROOT / "examples" / "firms"


@pytest.fixture(scope="module")
def alpenmotor() -> CompanyStops:
    return company_stops(FIRMS / "alpenmotor.yaml")


@pytest.fixture(scope="module")
def nordlicht() -> ChainClock:
    return chain_clock(FIRMS / "nordlicht.yaml", confidence=("0.9", "0.95"), by_air_kg=("600", "1240", "1520"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_line_stops_of_the_three_plants(
    alpenmotor: CompanyStops, lang: Lang, golden: Callable[[str, str], None]
) -> None:
    golden(f"stops-alpenmotor.{lang}.txt", "\n".join(alpenmotor.lines(lang)) + "\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_licence_time_of_the_buyer(nordlicht: ChainClock, lang: Lang, golden: Callable[[str, str], None]) -> None:
    golden(f"chain-nordlicht.{lang}.txt", "\n".join(nordlicht.lines(lang)) + "\n")


def test_tables_of_line_stops_show_the_numbers_computed_by_hand(alpenmotor: CompanyStops) -> None:
    """Figures of the example as an independent count gives them."""
    shown = _tables(stops_sections(alpenmotor.body))
    assert [row[:6] for row in shown["first_days"].rows][:3] == [
        ("GRZ", "M1", "N42", "2027-01-25", "2027-02-24", "2027-06-04"),
        ("GRZ", "M2", "N42SH", "2027-01-30", "2027-02-19", "2027-03-23"),
        ("GRZ", "M3", "N38UH", "2027-02-14", "2027-02-14", "2027-02-14"),
    ]
    assert shown["chances"].rows == (
        ("GRZ", "66.00", "36.10", "3,249.0"),
        ("BRN", "32.00", "12.56", "753.6"),
        ("GYR", "60.00", "27.64", "1,243.8"),
        ("any plant", "66.00", "–", "5,246.4"),
    )
    assert [(row[0], row[1], row[2]) for row in shown["elements"].rows] == [
        ("NdPr", "3,221.200", "2027-04-07"),
        ("Dy", "157.800", "2027-03-01"),
        ("Tb", "2.850", "2027-03-11"),
        ("Sm", "82.500", "2027-04-02"),
    ]
    assert shown["contracts"].rows[0] == ("d1", "1,109,508.00", "203,228.00", "0")
    assert "USD 957,453.44" in _sentences(stops_sections(alpenmotor.body), "contracts")


def test_sentences_of_line_stops_name_plant_part_and_action(alpenmotor: CompanyStops) -> None:
    told = _sentences(stops_sections(alpenmotor.body), "summary")
    assert "GRZ stops on 2027-02-14 for want of M3 (N38UH), unless goods awaiting a licence arrive first." in told
    assert "Only KX also brings forward: M1 at GRZ, 2027-02-24 instead of 2027-06-04." in told
    assert "1. File applications 30 days sooner: probability of a line stop 50 % instead of 66 %" in told


def test_tables_of_the_chain_show_the_numbers_computed_by_hand(nordlicht: ChainClock) -> None:
    """Last days to sign at 90 % with the probability on that day and the day after; quantiles; part by air."""
    shown = _tables(chain_sections(nordlicht.body))
    assert [row for row in shown["latest"].rows if row[0] in ("sea", "air")] == [
        ("sea", "90", "2027-01-24", "90.225", "88.500"),
        ("sea", "95", "2026-12-09", "95.342", "94.695"),
        ("air", "90", "2027-03-06", "90.000", "88.200"),
        ("air", "95", "2027-01-11", "95.325", "94.734"),
    ]
    assert shown["quantiles"].rows[0] == ("sea", "2027-04-10", "2027-04-18", "2027-06-13", "2027-08-02")
    assert [row[2] for row in shown["needed"].rows] == ["95.966", "98.438", "99.500", "99.875"]
    assert [(row[0], row[2], row[3]) for row in shown["air"].rows] == [
        ("0", "75.00", "0"),
        ("600", "75.00", "4,800"),
        ("1,240", "93.15", "9,920"),
        ("1,520", "93.75", "12,160"),
    ]
    told = _sentences(chain_sections(nordlicht.body), "stages")
    assert "57.67 working days; probability of three or more rounds 6.250 %" in told


def _tables(sections: tuple[PaperSection, ...]) -> Mapping[str, PaperTable]:
    return {table.id: table for section in sections for table in section.tables}


def _sentences(sections: tuple[PaperSection, ...], name: str) -> str:
    return " ".join(sentence for section in sections if section.id == name for sentence in section.sentences)
