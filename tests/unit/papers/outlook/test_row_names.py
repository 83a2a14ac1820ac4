"""Names of the rows that draws draw: in the trade's words, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coercivity.ensemble.rows import drawn_rows
from coercivity.papers.outlook.draws.wording import row_name
from coercivity.verbs.outlook import outlook_words


@pytest.fixture(scope="module")
def words() -> Any:
    """The names of products, regions and uses, as in report data."""
    return {"names": outlook_words()}


def test_every_drawn_row_has_a_name_in_each_language(words: Any) -> None:
    """Signs of magnet grades, such as SH, and the F-35 are Latin in Chinese as well."""
    for row in drawn_rows():
        english, chinese = (row_name(words, row.name, row.what, lang) for lang in ("en", "zh"))
        assert not re.search(r"[\u4e00-\u9fff]|,,|never_add|feed:|[A-Z]+_", english), row
        assert re.search(r"[\u4e00-\u9fff]", chinese), row
        assert not re.findall(r"[A-Za-z]+", re.sub(r"F-35|[SUE]?H牌号", "", chinese)), row


def test_a_row_of_all_regions_is_not_one_of_the_rest_of_the_world(words: Any) -> None:
    """The contents of a grade hold everywhere, a cost outside China does not; a route has two ends."""
    told = {row.name: row_name(words, row.name, row.what, "en") for row in drawn_rows()}
    assert told["process_coefficients:CO208"] == "process: samarium-cobalt magnet 2:17, samarium content"
    assert told["process_coefficients:CO221"] == "process: NdPr metal, conversion cost, outside China"
    assert told["stocks:ST032"] == "stocks: wind turbines, outside China"
    assert told["assumptions:AS003"] == "freight: separated oxide, metal, alloy, magnet, China to Europe"
