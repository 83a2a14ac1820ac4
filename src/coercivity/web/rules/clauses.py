"""What a clause is called on a page."""

from __future__ import annotations

from coercivity.law.rules.model import Instrument, Provision
from coercivity.papers.shared.names import clause_name, short_name
from coercivity.web.view import View


def clause_title(view: View, instrument: Instrument, provision: Provision) -> str:
    """Returns instrument and clause: by article or subject in English, by the place in its own text in Chinese."""
    if view.lang == "zh":
        return f"{short_name(instrument)}：{provision.ref}"
    return clause_name(instrument, provision)
