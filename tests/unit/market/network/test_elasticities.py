"""Own response, thrift and recipes reproduce the total elasticities of the market data set, on the steps too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coercivity.market.inputs.coefficients import USES, USING
from coercivity.market.network.uses.elasticities import Elasticities, ElasticityRow, markdown, means
from coercivity.market.run.simulate import world_once

PAGE = Path(__file__).parents[4] / "docs/market.md"
# Steps are coarse: what they give may differ from the total by this share of it.
TOLERANCE = 0.15
MEAN_TOLERANCE = 0.12


@pytest.fixture(scope="module")
def rows() -> tuple[ElasticityRow, ...]:
    world = world_once()
    return Elasticities(world.coefficients, world.base, world.network, world.network.prices).rows()


def test_every_use_of_every_region_is_decomposed(rows: tuple[ElasticityRow, ...]) -> None:
    magnets = {(row.element, row.use, row.region) for row in rows if row.use in USES}
    assert magnets == {(element, use, region) for element in ("NdPr", "Dy, Tb") for use in USES for region in USING}
    assert len(rows) == len(magnets) + len(world_once().base.nonmagnet())


def test_the_parts_add_up_to_the_total_of_the_data_set(rows: tuple[ElasticityRow, ...]) -> None:
    for row in rows:
        assert row.total == pytest.approx(row.target, rel=1e-12), row
        assert min(row.own or 0.0, row.thrift, row.recipes) >= 0


def test_heavy_rare_earths_are_saved_by_recipes_and_light_ones_by_thrift(rows: tuple[ElasticityRow, ...]) -> None:
    for row in rows:
        if row.element == "Dy, Tb":
            assert row.recipes > 0.2 * row.total, row
        if row.element == "NdPr":
            assert row.thrift > 0.8 * row.total, row


def test_orders_of_devices_hardly_depend_on_their_magnets(rows: tuple[ElasticityRow, ...]) -> None:
    assert all(0 < row.own < 0.15 * row.total for row in rows if row.own is not None)


def test_the_steps_give_the_total_of_the_data_set(rows: tuple[ElasticityRow, ...]) -> None:
    """Between 1 and 1.6 times the price of the oxide, on the network of the base year."""
    for row in rows:
        assert row.measured == pytest.approx(row.target, rel=TOLERANCE), row


def test_the_steps_give_the_total_in_the_mean_of_regions(rows: tuple[ElasticityRow, ...]) -> None:
    for row in means(rows):
        assert row.measured == pytest.approx(row.target, rel=MEAN_TOLERANCE), row


def test_a_mean_is_weighted_by_what_is_used() -> None:
    one = ElasticityRow("NdPr", "wind", "CN", 300.0, 0.1, 0.2, 0.0, 0.3, 0.3)
    other = one._replace(region="JP", used=100.0, own=0.5, measured=0.7)
    (mean,) = means([one, other])
    assert (mean.region, mean.used) == ("", 400.0)
    assert (mean.own, mean.measured, mean.thrift) == pytest.approx((0.2, 0.4, 0.2))


def test_the_table_of_the_page_is_what_the_network_has(
    rows: tuple[ElasticityRow, ...], request: pytest.FixtureRequest
) -> None:
    """`--accept` writes the new table into docs/market.md."""
    head = markdown([])
    page, table = PAGE.read_text(encoding="utf-8"), markdown(means(rows))
    start = page.index(head)
    end = page.index("\n\n", start) + 1
    if request.config.getoption("--accept") and not os.environ.get("CI"):
        page = page[:start] + table + page[end:]
        PAGE.write_text(page, encoding="utf-8")
    assert table in page, table
