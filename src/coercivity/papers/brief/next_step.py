"""What to do next with a transaction, in one sentence, licences that are held taken into account."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.days import ONE_DAY
from coercivity.cases.brief.transaction import BriefRow
from coercivity.law.rules.model import Finding, Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.why import why_unknown
from coercivity.papers.firm.report_data import FlowData, LicenceData, SurvivalReport
from coercivity.papers.shared.names import Text

Flows = Sequence[FlowData]
_ZH_KINDS = {"single": "单项", "general": "通用"}


def flows_by_deal(survival: SurvivalReport | None) -> dict[str, list[FlowData]]:
    """Returns the flows of a firm, as its part of a brief tells them, by the transaction that they are."""
    found: dict[str, list[FlowData]] = {}
    for flow in survival["flows"] if survival is not None else ():
        if "deal" in flow:
            found.setdefault(flow["deal"], []).append(flow)
    return found


def next_step(book: Rulebook, row: BriefRow, flows: Flows = ()) -> Text:
    """Returns what to do next.

    Args:
        book: The rulebook.
        row: The transaction.
        flows: The flows of the firm that are this transaction, with where their licences stand.
    """
    outcome = row.decision.outcome
    if outcome is Outcome.STOP:
        return _stop(row)
    if outcome is Outcome.LICENCE:
        return _licence(row, flows)
    if outcome is Outcome.UNKNOWN:
        return _unknown(book, row)
    untils = [s.until for s in (row.decision.statuses[rule.rank] for rule in row.grounds) if s.until is not None]
    if row.decision.finding is Finding.SUSPENDED and untils:
        last = min(untils)
        return {
            "en": f"May go on this day. Finish by {last}: a paused clause would apply again from {last + ONE_DAY}.",
            "zh": f"当日可以进行。应在{last}前完成：暂停的条款将自{last + ONE_DAY}起恢复适用。",
        }
    return {"en": "May go on this day. Keep the evidence that it rests on.", "zh": "当日可以进行。请留存所依据的证据。"}


def _tracks(row: BriefRow) -> tuple[str, str]:
    names = [track.rule.name for track in row.procedure.tracks]
    return " or ".join(words.en for words in names), "或".join(words.zh or words.en for words in names)


def _stop(row: BriefRow) -> Text:
    en, zh = _tracks(row)
    if row.decision.finding is Finding.PRESUMED_DENIAL:
        return {"en": "Do not go ahead: a licence is refused in principle.", "zh": "不得进行：原则上不予许可。"}
    if en:
        return {"en": f"Do not go ahead. The one way left open: {en}.", "zh": f"不得进行。唯一途径：{zh}。"}
    return {"en": "Do not go ahead: barred, and no licence opens it.", "zh": "不得进行：属禁止，无许可途径。"}


def _licence(row: BriefRow, flows: Flows) -> Text:
    en, zh = _tracks(row)
    if row.decision.may_become is not None:
        return {
            "en": f"Hold. No branch lets it go without approval ({en or 'way open'}), and one bars it outright.",
            "zh": f"暂缓。任何情形下均不得未经许可进行（{zh or '途径待定'}），其中一种情形下属禁止。",
        }
    held = [flow["licence"] for flow in flows if flow["passage"] == "licensed"]
    filed = [flow["licence"]["filed"] for flow in flows if flow["licence"]["filed"] is not None]
    if held and len(held) == len(flows):
        return _under_licence(held, filed)
    if filed:
        return {
            "en": f"Applied for on {min(filed)}. Do not ship before the licence is granted.",
            "zh": f"已于{min(filed)}提出申请。取得许可前不得发运。",
        }
    return {"en": f"Apply first: {en or 'approval needed'}.", "zh": f"须先申请：{zh or '许可'}。"}


def _under_licence(held: Sequence[LicenceData], filed: Sequence[str]) -> Text:
    ends = [licence["valid_until"] for licence in held if licence["valid_until"] is not None]
    kinds = list(dict.fromkeys(licence["kind"] for licence in held))
    until, zh_until = (f" until {min(ends)}", f"至{min(ends)}") if ends else ("", "")
    named, zh_named = " and ".join(kinds), "、".join(_ZH_KINDS[kind] for kind in kinds)
    en = f"Ship only what the {named} licence in hand{until} covers by its terms and balance; the rest waits."
    zh = f"仅可在已持有的{zh_named}许可{zh_until}的条件和余额范围内发运，超出部分须等待后续许可。"
    if filed:
        return {
            "en": f"{en} The next one was applied for on {min(filed)}.",
            "zh": f"{zh}后续许可已于{min(filed)}申请。",
        }
    return {"en": f"{en} Apply in time for the next one.", "zh": f"{zh}请及时申请后续许可。"}


def _unknown(book: Rulebook, row: BriefRow) -> Text:
    return why_unknown(book, row.decision, row.reasons, row.question)[0]["next"]
