"""The screens of a ministry, asked without a browser."""

from __future__ import annotations

import re
from html import unescape

from coercivity.ministry.fund.model import FundBook
from coercivity.ministry.fund.read import fund_book_of
from tests.places import ROOT

FUND: FundBook = fund_book_of(ROOT / "examples" / "ministry" / "fund")


def text_of(html: str) -> str:
    """Returns what a reader sees, on one line."""
    bare = re.sub(r"<script.*?</script>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))
