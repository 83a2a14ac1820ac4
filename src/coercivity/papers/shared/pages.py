"""The words and joints that every page of a paper uses, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from coercivity.base.words import Lang, say
from coercivity.papers.shared.words import Words, paper_words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

PageLang = Literal["en", "zh"]
_CODE = re.compile(r"`([^`]+)`")
_JOINTS = {
    "en": {
        "comma": ", ",
        "also": ", ",
        "semi": "; ",
        "colon": ": ",
        "stop": ".",
        "blank": " ",
        "left": " (",
        "right": ")",
    },
    "zh": {
        "comma": "、",
        "also": "，",
        "semi": "；",
        "colon": "：",
        "stop": "。",
        "blank": "",
        "left": "（",
        "right": "）",
    },
}


def page_words(env: Environment, paper: str, lang: Lang, *, table: str = "words") -> None:
    """Gives a template environment the words of a paper in one language.

    Args:
        env: The environment.
        paper: Name of the file of words.
        lang: Language of the page.
        table: Table of the file that templates take by `w("key", ...)`.
    """
    env.filters.update(said=lambda text: say(text, lang), coded=coded)
    env.globals.update(
        w=worded(paper_words(paper, table), lang),
        s=lambda text: say(text, lang),
        lang=lang,
        zh=lang == "zh",
        han=written_in_chinese,
        **_JOINTS["zh" if lang == "zh" else "en"],
    )


def written_in_chinese(text: object) -> bool:
    """Returns whether a text written by a user contains a Chinese character, or no letter at all."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in str(text)) or not any(sign.isalpha() for sign in str(text))


def coded(text: str) -> Markup:
    """Returns a text as HTML in which `marked` words are code."""
    from markupsafe import Markup, escape

    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


def worded(table: Words, lang: Lang) -> Callable[..., Markup]:
    """Returns the function by which a template takes a text of a table; the values in it are escaped."""

    def word(key: str, *values: object) -> Markup:
        return coded(say(table[key], lang)).format(*values)

    return word
