"""The address of a page as its screen needs it, and the page made from a template."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from coercivity.base.templating import page_environment
from coercivity.base.words import say
from coercivity.verbs.law import Law
from coercivity.verbs.messages import message, nearest_text, place_text
from coercivity.verbs.vouch import MOST_NAME, MOST_NOTE, vouch_about, vouch_sentence, vouches_of
from coercivity.verbs.words import law_words, verified_through
from coercivity.web.vouched import NOTHING_VOUCHED, Vouched, vouched_by
from coercivity.web.words import screen_words

if TYPE_CHECKING:
    from jinja2 import Environment

ScreenLang = Literal["en", "zh"]
LANGS: tuple[ScreenLang, ...] = ("en", "zh")
# Kept when a reader moves to another screen.
CARRIED = ("on", "known", "assume", "lang")
# Any, not object: a mapping of objects could not be passed as keyword arguments next to a status.
Context = dict[str, Any]


class Signs(NamedTuple):
    """Punctuation between parts of a text; `note` takes a note in brackets."""

    comma: str
    semicolon: str
    colon: str
    stop: str
    note: str


SIGNS: dict[ScreenLang, Signs] = {
    "en": Signs(", ", "; ", ": ", ". ", " ({})"),
    "zh": Signs("、", "；", "：", "。", "（{}）"),
}
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
SENT_TO = ("/start", "/upload", "/screen", "/workbook", "/quick")  # ends of the addresses that forms are sent to
SCREENS = (
    ("start", "/"),
    ("deal", "/deal"),
    ("rules", "/rules"),
    ("batch", "/batch"),
    ("parties", "/parties"),
    ("supply", "/supply"),
    ("firm", "/firm"),
    ("clock", "/clock"),
    ("brief", "/brief"),
    ("fund", "/fund"),
    ("data", "/data"),
    ("about", "/about"),
)
UNDER = {"/mix": "firm", "/strategy": "fund"}  # a screen that is reached by the tabs of another


@dataclass(frozen=True, slots=True)
class View:
    """The address of a page.

    Attributes:
        path: Path of the page.
        query: Names and values of the address in order, without blank values.
        lang: Language of the page.
        on: Transaction date as typed; today if the address gives none.
        known: Information cut-off as typed; blank for the default.
        assume: Planning assumption; blank for none.
        today: Date on which the page is made.
        vouched: The user's statement of having looked for newer notices, if any.
    """

    path: str
    query: tuple[tuple[str, str], ...]
    lang: ScreenLang
    on: str
    known: str
    assume: str
    today: str
    vouched: Vouched = NOTHING_VOUCHED

    @property
    def law(self) -> Law:
        """The rulebook, with the statement of the user and the lists and judgements of the server."""
        return self.vouched.law

    @property
    def looked_through(self) -> str:
        """Last day for which the user states to have looked; blank without a statement."""
        return self.vouched.sent[0].through if self.vouched.sent else ""

    @property
    def back(self) -> str:
        """The address of this page for a reader who returns to it; that of the form, after one was sent."""
        form = self.path
        for sent in SENT_TO:
            form = form.removesuffix(sent)
        return self.url().replace(self.path, form or "/", 1)

    def get(self, name: str, otherwise: str = "") -> str:
        """Returns the last value of a name in the address."""
        return next((value for key, value in reversed(self.query) if key == name), otherwise)

    def url(self, path: str | None = None, **changes: str | None) -> str:
        """Returns this address with changes; None removes a name. Another path keeps only the names in `CARRIED`."""
        kept = [(k, v) for k, v in self.query if path in (None, self.path) or k in CARRIED]
        kept = [(k, v) for k, v in kept if k not in changes]
        kept += [(k, v) for k, v in changes.items() if v]
        return (path or self.path) + (f"?{urlencode(kept)}" if kept else "")

    def t(self, words: Mapping[str, str]) -> str:
        """Returns the text in the language of the page, or in English if there is none."""
        return say(words, self.lang)

    def w(self, name: str, *values: object) -> str:
        """Returns a text of the screens with values in place of `{}`; dates are written as `day` writes them."""
        text = say(screen_words()[name], self.lang)
        return text.format(*map(self.day, values)) if values else text

    def day(self, value: object) -> object:
        """Returns a date as a sentence writes it, `2026-11-10` or 2026年11月10日, and any other value unchanged."""
        found = _DATE.fullmatch(str(value)) if self.lang == "zh" else None
        return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else value

    @property
    def signs(self) -> Signs:
        """The punctuation of the language of the page."""
        return SIGNS[self.lang]


def tongue(text: str) -> str:
    """Returns the `lang` attribute of a text that may be in either language."""
    return "zh-Hans" if _CHINESE.search(text) else "en"


def view_of(request: Request, sent: Sequence[tuple[str, str]] | None = None) -> View:
    """Returns the address of a request; without a language in it, the first one that the browser prefers is taken.

    Args:
        request: The request.
        sent: Fields of a form in place of the names and values of the address.
    """
    said = request.query_params.multi_items() if sent is None else sent
    query = tuple((k, v.strip()) for k, v in said if v.strip())
    held = dict(query)
    # The language switch is a button of the form, so that nothing typed is lost.
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
        vouched=vouched_by(request.cookies),
    )


def _preferred(accepted: str) -> str:
    for entry in accepted.split(","):
        lang = entry.split(";")[0].split("-")[0].strip().lower()
        if lang in LANGS:
            return lang
    return "en"


def page(view: View, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Returns a page made from a template.

    Args:
        view: The address.
        template: File in `templates/`.
        status: HTTP status.
        **context: Values for the template.
    """
    beside = next((name for path, name in UNDER.items() if view.path.startswith(path)), "")
    screen = beside or next((name for name, path in SCREENS[::-1] if view.path.startswith(path)), "start")
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
            vouches=vouch_sentence(vouches_of(view.law), view.lang) if view.vouched.sent else [],
            vouch_about=vouch_about(view.lang),
            vouch_limits={"by": MOST_NAME, "note": MOST_NOTE},
            label=lambda group, word: view.t(law_words(group, word)),
            note=lambda text: message(text or "", view.lang),
            place=lambda where: place_text(where or "", view.lang),
            nearest_text=lambda names: nearest_text(names, view.lang),
            **context,
        )
    )
    return HTMLResponse(text, status, headers={"vary": "accept-language, cookie"})


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Returns the Jinja environment for the templates of the screens."""
    made = page_environment(Path(__file__).parent / "templates")
    made.filters["tongue"] = tongue
    return made
