"""The sources list the instruments that results rest on; those that only may apply are told apart."""

from __future__ import annotations

from coercivity.papers.brief.paper.basis import applied, sources_section
from coercivity.papers.brief.paper.wording import wording
from tests.unit.papers.brief.paper.bodies import body_of

SUPERHARD, BATTERIES = "mofcom-gac-2025-55", "mofcom-gac-2025-58"


def test_controls_on_other_goods_are_no_source_of_a_magnet_line() -> None:
    """Rows t13 and t14 do not say what their know-how is about, so that controls on batteries may still apply."""
    body = body_of("magnet-jv")
    assert not applied(body) & {SUPERHARD, BATTERIES}
    section = sources_section(body, wording("en"))
    names = [row[0] for row in section.tables[0].rows]
    assert "MOFCOM/GAC 18/2025" in names
    assert "MOFCOM 62/2025" in names
    assert not [name for name in names if "55/2025" in name or "58/2025" in name]
    told = next(text for text in section.sentences if text.startswith("May apply as well"))
    assert "MOFCOM/GAC 55 and 58/2025" in told


def test_where_nothing_is_missing_the_grounds_of_every_row_are_sources() -> None:
    body = body_of("magnet-jv")
    for row in body["transactions"]:
        row["reasons"] = []
    assert {SUPERHARD, BATTERIES} <= applied(body)
    assert not any(text.startswith("May apply") for text in sources_section(body, wording("en")).sentences)
