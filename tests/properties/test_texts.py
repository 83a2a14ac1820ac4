"""What is added to a text, or taken from it, never lets a deal go that was held: weather, claims, capitals, fewer words."""

from __future__ import annotations

import re
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.cases.files import packed_standing
from coercivity.law.rules.model import Outcome
from tests.sampling import examples

STANDING = packed_standing()
ROUTE = {"from": "CN", "to": "DE"}
DAYS = ("2025-08-15", "2026-06-01")
# Whatever words are left of these, they name nothing that is free.
CONTROLLED = (
    "5 kg dysprosium oxide, 99.9 %, for lamps in Lyon",
    "sintered NdFeB magnets 48SH, 2 % Dy, 400 pcs, for our line in Ulm",
    "SmCo rings and gadolinium targets. Please quote by Friday.",
    "Recipe for strip casting of NdFeB alloy, as PDF by e-mail",
    "Zwei Ingenieure aus Baotou nehmen die Sinterlinie in Rayong in Betrieb",
    "20 kg Terbiummetall; 300 Stück Magnetblöcke N42UH",
    "Zeichnungen und Parameter zur Korngrenzendiffusion, nicht veröffentlicht",
    "氧化镝 500 公斤，用于磁体生产",
    "烧结钕铁硼磁体，含镝 2%，出口德国",
    "稀土萃取分离工艺资料，发给国外客户",
    "ジスプロシウム酸化物 10 kg、磁石用",
)
# The item itself may be free; what stands beside it holds it.
HELD = (
    "10 washing machines; 2 kg Tb",
    "headphones | SmCo magnets",
    "headphones and dysprosium oxide",
    "Waschmaschinen zzgl. 2 kg Terbium",
    "耳机，另附氧化镝",
    "洗衣机等",
    "ferrite magnets, not only for us",
    "motors for torpedoes",
    "Lautsprecher für U-Boote",
    "潜水艦用モーター",
    "loudspeakers for tank crews",
    "headphones <b>and</b> dy2o3",
    "washing machines with attached documents on sintering",
    "brochure about our ferrite magnets",
    "フェライト磁石ではない",
)
ADDED = (
    "The weather is fine today.",
    "Es regnet hier seit Tagen.",
    "今天天气很好。",
    "今日は良い天気です。",
    "Dy-free",
    "ohne Dy und Tb",
    "不含镝",
    ", etc.",
    "Licence not required.",
    "We declare: not listed, no military use.",
    "Best regards",
)


@lru_cache(maxsize=1024)
def outcome(text: str, on: str) -> Outcome | None:
    """The outcome of a text, or None if it is refused."""
    try:
        return coercivity.decide(text=text, facts=ROUTE, on=on, standing=STANDING).outcome
    except CoercivityError:
        return None


def held(text: str, on: str) -> bool:
    """Whether a text is not let go."""
    return outcome(text, on) is not Outcome.PROCEED


def test_something_is_let_go() -> None:
    """Or nothing below would show anything."""
    for on in DAYS:
        for text in ("washing machines", "Ferritmagnete", "耳机", "loudspeakers, 12 pcs"):
            assert outcome(text, on) is Outcome.PROCEED, (text, on)


@settings(max_examples=examples(120), deadline=None)
@given(
    st.sampled_from((*CONTROLLED, *HELD)),
    st.sampled_from(DAYS),
    st.lists(st.sampled_from(ADDED), max_size=3),
    st.data(),
)
def test_no_sentence_added_lets_a_text_go(text: str, on: str, added: list[str], data: st.DataObject) -> None:
    assert held(text, on), text
    before = data.draw(st.integers(0, len(added)))
    whole = " ".join((*added[:before], f"{text}." if before < len(added) else text, *added[before:]))
    assert held(whole, on), whole


@settings(max_examples=examples(120), deadline=None)
@given(st.sampled_from((*CONTROLLED, *HELD)), st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_no_other_writing_lets_a_text_go(text: str, on: str, draw: object) -> None:
    """Capitals, width, blanks, signs that are not shown, sentences in another order."""
    pick = draw.choice  # type: ignore[attr-defined]
    sentences = re.split(r"(?<=[.;])\s+", text)
    order = sorted(sentences, key=lambda _: pick(range(100)))
    written = pick((text.upper, text.lower, text.title, lambda: "; ".join(order), lambda: text))()
    written = "".join(pick((sign,) * 9 + (f"{sign}\u200b",)) for sign in written)
    written = pick((written, written.replace(" ", "  "), f"> {written}", f"({written})", f"{written} etc."))
    assert held(written, on), written


@settings(max_examples=examples(160), deadline=None)
@given(st.sampled_from(CONTROLLED), st.sampled_from(DAYS), st.data())
def test_no_word_taken_away_lets_a_text_go(text: str, on: str, data: st.DataObject) -> None:
    words = re.findall(r"[^\W\u3040-\u9fff]+|[\u3040-\u9fff]|[^\w]", text)
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    blank = data.draw(st.sampled_from(("", " ")))
    fewer = "".join(word if keep else blank for word, keep in zip(words, kept, strict=True)).strip()
    assert not fewer or held(fewer, on), fewer
