"""`coercivity base-year`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from coercivity.base.words import Lang
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.papers.market.base_year_text import base_year_lines
from coercivity.verbs.base_year import base_year as check_base_year


def base_year(
    *,
    lang: Lang = "en",
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Print what the model makes of 2024, without any control, beside what was quoted and reported, with the causes.

    Args:
        lang: Language of the words: en, zh or ja.
        json_: Print JSON.
    """
    found = check_base_year(progress=progress_bar("base-year"))
    if json_:
        put_json(found.body)
    else:
        put(*base_year_lines(found.body, lang))
    return 0
