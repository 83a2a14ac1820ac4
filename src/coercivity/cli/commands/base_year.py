"""`coercivity base-year`."""

from __future__ import annotations

from coercivity.cli.options import AsJson, WordsLang
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import LOADING, progress_bar


def base_year(
    *,
    lang: WordsLang = "en",
    json_: AsJson = False,
) -> int:
    """Compare the model of 2024 (no controls) with quoted prices and reported volumes, and explain the differences."""
    progress = progress_bar("base-year", at_once=LOADING)
    from coercivity.verbs.base_year import base_year as check_base_year

    found = check_base_year(progress=progress)
    if json_:
        put_json(found.body)
    else:
        put(*found.lines(lang))
    return 0
