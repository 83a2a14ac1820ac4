"""Why a deal is undecided and what to do: facts are missing, the law is unconfirmed, or it was not checked since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from coercivity.law.engine.decide import Decision
from coercivity.law.engine.name_questions import said_of_name
from coercivity.law.explain.questions import Question
from coercivity.law.explain.reasons import Cause, Kind, Reason, causes
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.report_data import WayOut, WhyUnknown
from coercivity.papers.shared.names import ZH_WAYS, Text, clause_name, name_of
from coercivity.papers.shared.words import paper_words

# Japanese where the words of outcomes have it: the headline.
HEADS = paper_words("deal_why", "heads")
MOST_BRANCHES = 4


def reason_text(book: Rulebook, reason: Reason) -> Text:
    """Returns why an answer is open."""
    return _REASONS[reason.kind](book, reason)


def _facts(book: Rulebook, reason: Reason) -> Text:
    asked = [book.catalogue[name].question for name in reason.names if name in book.catalogue]
    return {
        "en": "Still to be answered: " + " ".join(words.en for words in asked),
        "zh": "尚待回答：" + "".join(words.zh or words.en for words in asked),
    }


def _standing(book: Rulebook, reason: Reason) -> Text:
    names, zh_names = ", ".join(reason.names), "、".join(reason.names)
    return {"en": f"Standing questions that nobody answered: {names}.", "zh": f"未回答的常设问题：{zh_names}。"}


def _unread(book: Rulebook, reason: Reason) -> Text:
    names, zh_names = ", ".join(reason.names), "、".join(reason.names)
    return {"en": f"Blank, or stated and not understood: {names}.", "zh": f"空白或无法识读：{zh_names}。"}


def _text(book: Rulebook, reason: Reason) -> Text:
    found = [book.provision(name) for name in reason.names]
    refs = ", ".join(clause_name(*held, "en") for held in found if held is not None)
    zh_refs = "、".join(clause_name(*held, "zh") for held in found if held is not None)
    return {"en": f"No text that was read settles it ({refs}).", "zh": f"所读文本均未能定论（{zh_refs}）。"}


def _status(book: Rulebook, reason: Reason) -> Text:
    instruments = ", ".join(name_of(book, name, "en") for name in reason.names)
    zh_instruments = "、".join(name_of(book, name, "zh") for name in reason.names)
    return {"en": f"Whether {instruments} is in force is not known.", "zh": f"{zh_instruments}是否有效不明。"}


def _not_verified(book: Rulebook, reason: Reason) -> Text:
    named = ", ".join(name_of(book, name, "en") for name in reason.names)
    zh_named = "、".join(name_of(book, name, "zh") for name in reason.names)
    whole = reason.names == ("pack",)
    what = "the list of announcements" if whole else named
    zh_what = "公告清单" if whole else zh_named
    return {
        "en": f"The rules used were checked through {reason.day} only ({what}).",
        "zh": f"所用规则仅核对至{reason.day}（{zh_what}）。",
    }


def _not_held(book: Rulebook, reason: Reason) -> Text:
    return {"en": f"The law is held here from {reason.day} only.", "zh": f"本库只收录自{reason.day}起的规则。"}


def _names(book: Rulebook, reason: Reason) -> Text:
    assert reason.question is not None
    en, zh = (said_of_name(book.words, reason.question, lang) for lang in ("en", "zh"))
    return {"en": f"{en}.", "zh": f"{zh}。"}


_REASONS: Mapping[Kind, Callable[[Rulebook, Reason], Text]] = {
    "facts": _facts,
    "standing": _standing,
    "unread": _unread,
    "names": _names,
    "text": _text,
    "status": _status,
    "not_verified": _not_verified,
    "not_held": _not_held,
}
OPEN_BECAUSE = paper_words("deal_why", "open_because")


def open_because(found: Sequence[Reason]) -> list[Text]:
    """Returns, in a few words each, why an answer is open."""
    return [OPEN_BECAUSE[kind] for kind in dict.fromkeys(reason.kind for reason in found)]


_NOT_HELD = {"en": "the law of that day is not held", "zh": "未收录该日的规则", "ja": "当日の規則は未収録"}


def _head(cause: Cause, found: Sequence[Reason]) -> Text:
    reason = next(reason for reason in found if reason.cause == cause)
    words = _NOT_HELD if reason.kind == "not_held" else HEADS[cause]
    return {lang: text.format(reason.day) for lang, text in words.items()}


def headline(found: Sequence[Reason]) -> Text:
    """Returns which of the three it is, in a few words; several are joined."""
    held = causes(found)
    joints = {"en": "; ", "zh": "；", "ja": "；"}
    starts = {"en": "Cannot be decided yet", "zh": "暂不能判定", "ja": "判定不能"}
    colons = {"en": ": ", "zh": "，", "ja": "："}
    return {
        lang: start + (colons[lang] + joints[lang].join(_head(cause, found)[lang] for cause in held) if held else "")
        for lang, start in starts.items()
    }


def why_unknown(
    book: Rulebook, decision: Decision, found: Sequence[Reason], question: Question | None
) -> list[WhyUnknown]:
    """Returns what holds an undecided deal open, as plain data: one entry a cause, each with text and next step.

    Args:
        book: The law.
        decision: The decision; nothing is returned unless it is UNKNOWN.
        found: Why it is open.
        question: The question that helps most, where there is one left to ask.
    """
    if decision.outcome is not Outcome.UNKNOWN:
        return []
    entries = []
    for cause in causes(found):
        held = [reason for reason in found if reason.cause == cause]
        entry: WhyUnknown = {
            "cause": cause,
            "head": _head(cause, held),
            "names": list(dict.fromkeys(name for reason in held for name in reason.names)),
            "text": _joined(reason_text(book, reason) for reason in held),
            "next": _NEXT[cause](book, decision, held, question),
        }
        if cause == "law":
            entry["branches"] = branches(decision)
        entries.append(entry)
    return entries


def branches(decision: Decision) -> list[WayOut]:
    """Returns each way in which the law may turn out, with the answer that it gives."""
    if len(decision.branches) > 1:
        return [
            {
                "if": {name: branch.picks[name] for name in decision.telling},
                "outcome": branch.outcome.value,
                "finding": branch.finding.word,
            }
            for branch in decision.branches
        ]
    readings = (("applies", decision.ceiling), ("does not apply", decision.floor))
    return [{"if": {"text": word}, "outcome": outcome.value} for word, outcome in readings]


def _ask_facts(book: Rulebook, decision: Decision, held: Sequence[Reason], question: Question | None) -> Text:
    if question is not None:
        words = book.catalogue[question.fact].question
        return {"en": f"Answer this first: {words.en}", "zh": f"请先回答：{words.zh or words.en}"}
    if any(reason.question is not None and reason.question.party_id for reason in held):
        return {
            "en": "Compare the two names. If it is another party, state different_from in this deal; if it is the "
            "listed one, write its name as listed.",
            "zh": "请比对两个名称。如确为他方，在本交易中填写 different_from；如即列名方，请按名单所列名称填写。",
        }
    return {
        "en": "Every question was asked. Find out what was answered unknown or could not be read, then run it again.",
        "zh": "问题均已提出；请查明答为不明或无法识读的事项，再重新运行。",
    }


def _confirm_law(book: Rulebook, decision: Decision, held: Sequence[Reason], question: Question | None) -> Text:
    names = [name for reason in held if reason.kind == "status" for name in reason.names]
    if not names:
        return {
            "en": f"Ask MOFCOM: {decision.ceiling.value} if the text applies, {decision.floor.value} if it does not.",
            "zh": f"请向商务部咨询：若条文适用则为{decision.ceiling.value}，否则为{decision.floor.value}。",
        }
    named = [name_of(book, name, "en") for name in names]
    zh_named = [name_of(book, name, "zh") for name in names]
    told = [(tuple(dict.fromkeys(b.picks[n] for n in decision.telling)), b.outcome.value) for b in decision.branches]
    # Of several instruments only the ways in which all turn out alike are told; the branches hold the others.
    ways = [(labels[0], outcome) for labels, outcome in dict.fromkeys(told) if len(labels) == 1][:MOST_BRANCHES]
    en = "; ".join(f"if {label}: {outcome}" for label, outcome in ways)
    zh = "；".join(f"若{ZH_WAYS.get(label, label)}：{outcome}" for label, outcome in ways)
    day = decision.horizon
    return {
        "en": f"Hold. Look for a notice later than {day} on {', '.join(named)}, then run it again ({en}).",
        "zh": f"暂缓。请查阅{day}之后关于{'、'.join(zh_named)}的公告，再重新运行（{zh}）。",
    }


def _confirm_check(book: Rulebook, decision: Decision, held: Sequence[Reason], question: Question | None) -> Text:
    day = held[0].day
    if held[0].kind == "not_held":
        return {
            "en": f"The law is held from {day}; for an earlier day read the texts of that time.",
            "zh": f"本库自{day}起收录规则；更早的日期请查阅当时的文本。",
        }
    return {
        "en": (
            f"Look for notices later than {day}. If there is none, say so with an overlay whose `checked_through` is "
            f"the day of your check, and run it again; by the rules as checked it may go."
        ),
        "zh": (
            f"请查阅{day}之后的公告。如无新公告，用 `checked_through` 为核查日的附加规则文件确认后重新运行；"
            f"按已核查的规则可以进行。"
        ),
    }


_NEXT = {"facts": _ask_facts, "law": _confirm_law, "check": _confirm_check}


def _joined(texts: Iterator[Text]) -> Text:
    held = list(texts)
    return {"en": " ".join(text["en"] for text in held), "zh": "".join(text["zh"] for text in held)}
