"""What the address of a page says, and the pages that are made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from coercivity.base.templating import page_environment
from coercivity.base.words import say
from coercivity.verbs.words import law_words, verified_through
from coercivity.web.words import screen_words

if TYPE_CHECKING:
    from jinja2 import Environment

ScreenLang = Literal["en", "zh"]
LANGS: tuple[ScreenLang, ...] = ("en", "zh")
# What follows a reader from screen to screen.
CARRIED = ("on", "known", "assume", "lang")
# What a template shows; not objects, for such a mapping could not be passed on by name beside a status.
Context = dict[str, Any]
SCREENS = (
    ("start", "/"),
    ("deal", "/deal"),
    ("rules", "/rules"),
    ("batch", "/batch"),
    ("supply", "/supply"),
    ("firm", "/firm"),
    ("brief", "/brief"),
    ("data", "/data"),
    ("about", "/about"),
)


@dataclass(frozen=True, slots=True)
class View:
    """What the address of a page says.

    Attributes:
        path: Path of the page.
        query: Names and values of the address, in its order, blanks left out.
        lang: Language of the page.
        on: Day of the act as it was written; today where the address says none.
        known: Day of knowledge as it was written; blank for the default.
        assume: Branches picked for planning; blank for none.
        today: The day on which the page is made.
    """

    path: str
    query: tuple[tuple[str, str], ...]
    lang: ScreenLang
    on: str
    known: str
    assume: str
    today: str

    def get(self, name: str, otherwise: str = "") -> str:
        """Returns the last value of a name in the address."""
        return next((value for key, value in reversed(self.query) if key == name), otherwise)

    def url(self, path: str | None = None, **changes: str | None) -> str:
        """Returns this address with changes; None takes a name out. Another path keeps only what is carried along."""
        kept = [(k, v) for k, v in self.query if path in (None, self.path) or k in CARRIED]
        kept = [(k, v) for k, v in kept if k not in changes]
        kept += [(k, v) for k, v in changes.items() if v]
        return (path or self.path) + (f"?{urlencode(kept)}" if kept else "")

    def t(self, words: Mapping[str, str]) -> str:
        """Returns the text of the page's language, or in English where there is none."""
        return say(words, self.lang)

    def w(self, name: str, *values: object) -> str:
        """Returns a text of the screens, with values in the places of `{}`."""
        text = say(screen_words()[name], self.lang)
        return text.format(*values) if values else text


def view_of(request: Request) -> View:
    """Returns what the address of a request says; where it names no language, the reader's first of ours is taken."""
    query = tuple((k, v.strip()) for k, v in request.query_params.multi_items() if v.strip())
    held = dict(query)
    # The switch of languages is a button of the form, so that nothing that was typed is lost.
    lang = held.get("to_lang") or held.get("lang") or _preferred(request.headers.get("accept-language", ""))
    kept = [(k, v) for k, v in query if k not in ("to_lang", "lang")]
    if "lang" in held or "to_lang" in held:
        kept.append(("lang", lang))
    today = dt.date.today().isoformat()
    on = held.get("on", today)
    return View(
        path=request.url.path,
        query=tuple(kept),
        lang="zh" if lang == "zh" else "en",
        on=today if on == "today" else on,
        known=held.get("known", ""),
        assume=held.get("assume", ""),
        today=today,
    )


def _preferred(accepted: str) -> str:
    for entry in accepted.split(","):
        lang = entry.split(";")[0].split("-")[0].strip().lower()
        if lang in LANGS:
            return lang
    return "en"


def page(view: View, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Returns a page made of a template.

    Args:
        view: What the address says.
        template: File of `templates/`.
        status: HTTP status.
        **context: What the template shows.
    """
    screen = next((name for name, path in SCREENS[::-1] if view.path.startswith(path)), "start")
    text = (
        environment()
        .get_template(template)
        .render(
            v=view,
            w=view.w,
            t=view.t,
            screen=screen,
            screens=SCREENS,
            verified_through=verified_through().isoformat(),
            label=lambda group, word: view.t(law_words(group, word)),
            **context,
        )
    )
    return HTMLResponse(text, status, headers={"vary": "accept-language"})


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Returns the environment of the templates of the screens."""
    return page_environment(Path(__file__).parent / "templates")
