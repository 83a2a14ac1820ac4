"""Parts of the Deal screen: the result over time, and the audit trail step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coercivity.base.json_types import Json
from coercivity.verbs.deal import DIFFERENT_FROM
from coercivity.verbs.words import law_words, role_words
from coercivity.web.charts import INK, OUTCOME_FILLS, Chart, sized
from coercivity.web.fact_words import fact_label, value_label
from coercivity.web.view import View
from coercivity.web.words import screen_words

RISING = ("PROCEED", "UNKNOWN", "LICENCE", "STOP")
OPPOSITE = {"yes": "no", "no": "yes", "unknown": "unknown"}
OPERATORS = ("is", "in", "contains", "overlaps", "at_least", "at_most", "above", "below")


def days_chart(view: View, row: Mapping[str, Any], on: str, words: Mapping[str, str]) -> Chart:
    """Returns the chart of the result over time, with suspensions of the relevant clauses shaded.

    Args:
        view: The page.
        row: The transaction in the report data.
        on: Transaction date.
        words: Words of the outcomes in the language of the page.
    """
    runs = [
        {
            "from": window["from"],
            "to": f"{window['to']}T23:59:59",
            "outcome": words[window["outcome"]],
            "fill": OUTCOME_FILLS[window["outcome"]],
        }
        for window in row["windows"]
    ]
    last = row["windows"][-1]["to"]
    pauses = [
        {"from": max(pause["from"], runs[0]["from"]), "to": pause["to"] or last}
        for pause in row["pauses"]
        if pause["from"] <= last and (pause["to"] or last) >= runs[0]["from"]
    ]
    day: dict[str, Json] = {
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y-%m", "tickCount": 6, "grid": False},
    }
    rising = [words[name] for name in RISING]
    steps: list[Json] = [
        {
            "data": {"values": pauses},
            "mark": {"type": "rect", "color": "var(--pause)"},
            "encoding": {"x": {"field": "from", **day}, "x2": {"field": "to"}},
        },
        {
            "data": {"values": runs},
            "mark": {"type": "bar", "height": 20, "stroke": INK, "strokeWidth": 0.5},
            "encoding": {
                "x": {"field": "from", **day},
                "x2": {"field": "to"},
                "y": {
                    "field": "outcome",
                    "type": "nominal",
                    "sort": rising[::-1],
                    "scale": {"domain": rising[::-1]},
                    "title": None,
                    "axis": {"labelLimit": 150, "grid": True},
                },
                "color": {"field": "fill", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"values": [{"on": on}]},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
            "encoding": {"x": {"field": "on", **day}},
        },
    ]
    rows = [_day_row(view, window, words) for window in row["windows"]]
    head = [view.w(f"deal.{name}") for name in ("from_day", "to_day", "answer", "why")]
    about = view.w("deal.days_about" if not pauses else "deal.days_about_paused", on)
    return Chart("days", view.w("deal.days"), sized(130, layer=steps if pauses else steps[1:]), head, rows, about)


def _day_row(view: View, window: Mapping[str, Any], words: Mapping[str, str]) -> list[str]:
    worse = window["may_become"]
    risk = view.signs.note.format(view.w("deal.may_become", view.w(f"page.outcome_{worse}"))) if worse else ""
    why = [view.t(step["text"]) for step in window["because"]]
    if window["unverified"]:
        why.append(view.w("deal.not_held" if window["finding"] == "not_held" else "deal.not_checked"))
    why = why or [view.w("deal.at_start")]
    outcome = _outcome(view, window["outcome"], words)
    return [window["from"], window["to"], f"{outcome}{risk}", view.signs.semicolon.join(why)]


def _outcome(view: View, outcome: str, words: Mapping[str, str]) -> str:
    """The outcome as a chip names it and, in English, what the code means."""
    return words[outcome] if view.lang == "zh" else f"{outcome}: {words[outcome]}"


def proof_steps(view: View, report: Mapping[str, Any], proof: Mapping[str, Any]) -> list[dict[str, object]]:
    """Returns the steps of the audit trail, each with its rule, clause, facts and result."""
    values = {entry["fact"]: value_label(view, entry["fact"], entry["value"]) for entry in proof["facts"]}
    found = []
    for step in proof["steps"]:
        clause = report["clauses"][step["provision"]]
        tests = [test for key in ("item", "when") if key in step for test in _tests(view, step[key], negated=False)]
        for test in tests:
            test["value"] = values.get(test["fact"], view.w("deal.not_given"))
        found.append(
            {
                "id": step["provision"],
                "rule": report["instruments"][step["instrument"]]["name_zh" if view.lang == "zh" else "name"],
                "status": step["status"]["status"],
                "clause": clause,
                "tests": list({(t["fact"], t["test"], t["truth"]): t for t in tests}.values()),
                "match": view.w(f"deal.truth_{step['match']}"),
                "role": view.t(role_words(step["role"])),
            }
        )
    return found


def name_text(view: View, asked: Mapping[str, Any], told: str) -> str:
    """Returns the question about a name as the screen asks it; the link next to it answers that it is another party.

    Args:
        view: The page.
        asked: The question as a proof holds it.
        told: The question as the command line asks it, for what the link does not answer.
    """
    if "list" in asked or "effect" in asked or "judged" in asked:
        return told
    fact, written = asked["fact"], asked["written"]
    label = view.w(f"deal.{fact}") if f"deal.{fact}" in screen_words() else fact_label(view, fact)
    why = view.signs.comma.join(view.t(law_words("name_reasons", reason)) for reason in asked["reasons"])
    if "listed" not in asked:
        return view.w("deal.name_none", label, written, why)
    party, chinese = asked["listed"], value_label(view, DIFFERENT_FROM, asked["party_id"])
    if view.lang == "zh" and chinese != party:
        party = f"{chinese}（{party}）"  # the name given is compared with the one in its own script
    if "answer" in asked:
        return view.w("deal.name_other", label, written, party, why)
    lists = value_label(view, "party_sets", asked["party_sets"])
    return view.w("deal.name_may_be", label, written, party, lists, why)


def _tests(view: View, tree: Mapping[str, Any], *, negated: bool) -> Iterator[dict[str, str]]:
    if "use" in tree:
        yield from _tests(view, tree["of"], negated=negated)
    elif "not" in tree:
        yield from _tests(view, tree["not"], negated=not negated)
    elif "all_of" in tree or "any_of" in tree:
        for part in tree.get("all_of", tree.get("any_of", [])):
            yield from _tests(view, part, negated=negated)
    else:
        # A negated comparison is shown negated, so it shows the truth of its negation.
        op = next(word for word in OPERATORS if word in tree)
        told = view.w(f"deal.op_{op}", value_label(view, tree["fact"], tree[op]))
        yield {
            "fact": tree["fact"],
            "label": fact_label(view, tree["fact"]),
            "test": view.w("deal.op_not", told) if negated else told,
            "truth": view.w(f"deal.met_{OPPOSITE[tree['truth']] if negated else tree['truth']}"),
        }
