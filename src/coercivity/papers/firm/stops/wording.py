"""How line stops are put into words: plants, parts, causes, actions, deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coercivity.base.words import Lang
from coercivity.papers.firm.own_names import CLAUSES, quoted
from coercivity.papers.firm.stops.report_data import ActionData, OwnDeadlineData, StopsReport
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.money import money
from coercivity.papers.shared.paper.figures import figure, listed, percent
from coercivity.papers.shared.paper.sections import Wording

TABLES = (
    "headings",
    "titles",
    "columns",
    "words",
    "causes",
    "actions",
    "deadlines",
    "whys",
    "about",
)
ANY = "any"
MOST_NAMES = 12  # in a sentence; tables have them all
_DAYS = ("stop_on", "needed_on", "file_on", "arrives_on", "leaves_on", "valid_until", "released_on")
_SHOWN = ("stop_on", "needed_on", "confidence")  # in a sentence; a table gives the rest
_OF = ("grant", "renewal", "refused")
_SHARES = ("confidence", "probability")
_LARGE_KG = 100  # one decimal is enough from here on
_KEUR = 1000
_NUMBERED = re.compile(r"(\d{1,3})/(20\d\d)\b")


def wording(lang: Lang) -> Wording:
    """Returns the words of line stops in one language."""
    return Wording.of("firm_stops", TABLES, lang)


def part_text(part: str, grade: str, lang: Lang) -> str:
    """Returns a part with its grade: `M3 (N38UH)`."""
    if not grade or grade == part:
        return part
    return f"{part}（{grade}）" if lang == "zh" else f"{part} ({grade})"


def clause_text(clause: str, body: StopsReport, lang: Lang) -> str:
    """Returns a clause as the company names it.

    In Chinese that is the name that the workbook gives, else a number and year such as 18/2025 as an announcement.
    """
    if lang != "zh":
        return clause
    found = body.get("names_zh", {}).get(CLAUSES, {}).get(clause)
    return found or quoted(_NUMBERED.sub(r"第\1号公告（\2）", clause))


def plant_text(plant: str, w: Wording) -> str:
    """Returns a plant, or the words for any plant."""
    return w("any_plant") if plant == ANY else plant


def some(texts: Iterable[str], w: Wording, *, joint: str = "") -> str:
    """Returns texts in one line: the first ones, and how many more there are."""
    held = list(texts)
    shown = held[:MOST_NAMES]
    if len(held) > len(shown):
        shown.append(w("more", len(held) - len(shown)))
    return joint.join(shown) if joint else listed(shown, w.lang)


def day_cell(day: str | None, w: Wording) -> str:
    """Returns a date as a table writes it."""
    return day or w("none")


def cause_text(cause: str, of: str, w: Wording) -> str:
    """Returns the reason why a part is missing; a dash if there is none."""
    if not cause:
        return "–"
    return w(f"{cause} of" if of and cause in _OF else cause, of, table="causes")


def keur_text(keur: str, lang: Lang) -> str:
    """Returns an amount in thousand euros as a sentence writes it."""
    return money(float(keur) * _KEUR, "EUR", lang)


def about_text(of: Mapping[str, str], w: Wording) -> str:
    """Returns to which plant, part, lot or licence something refers."""
    return listed((_about(key, value, w) for key, value in of.items()), w.lang)


def action_text(entry: ActionData, w: Wording) -> str:
    """Returns an action as an instruction."""
    what = dict(entry["what"])
    days, kg = what.pop("days", ""), what.pop("quantity_kg", "")
    key = entry["action"] + ("_days" if days else "_kg" if kg else "")
    told = w(key, days or (figure(kg, 1 if float(kg) >= _LARGE_KG else 3, trim=True) if kg else ""), table="actions")
    about = about_text(what, w)
    if not about:
        return told
    return f"{told}（{about}）" if w.lang == "zh" else f"{told} ({about})"


def cost_text(entry: ActionData, w: Wording) -> str:
    """Returns the cost of an action, or where to enter it."""
    if entry["cost_keur"] is None:
        return w("cost_missing")
    return w("cost", keur_text(entry["cost_keur"], w.lang))


def deadline_text(entry: OwnDeadlineData, w: Wording) -> str:
    """Returns a deadline as an instruction, with its reason."""
    key = f"{entry['kind']}_passed" if is_passed(entry) else entry["kind"]
    told = w(key, day_text(entry["on"], w.lang), table="deadlines")
    about = about_text(entry["of"], w)
    why = why_text({key: entry["why"][key] for key in _SHOWN if key in entry["why"]}, w)
    inside = ("；" if w.lang == "zh" else "; ").join(filter(None, (about, why)))
    if not inside:
        return told
    return f"{told}（{inside}）" if w.lang == "zh" else f"{told} ({inside})"


def is_passed(entry: OwnDeadlineData) -> bool:
    """Returns whether a deadline was before the day of the stock count."""
    return "passed" in entry["why"]


def why_text(why: Mapping[str, str], w: Wording) -> str:
    """Returns the day that a deadline serves, and the confidence."""
    return listed((_reason(key, value, w) for key, value in why.items()), w.lang)


def _reason(key: str, value: str, w: Wording) -> str:
    own = w(f"{key} {value}", table="whys")  # a value with words of its own, such as an assumed transport
    if own != f"{key} {value}":
        return own
    shown = percent(value, w.lang) if key in _SHARES else value
    shown = day_text(value, w.lang) if key in _DAYS else shown
    told = w(key, shown, table="whys")
    return told if told != key else f"{key.replace('_', ' ')} {shown}"


def _about(key: str, value: str, w: Wording) -> str:
    own = w(f"{key} {value}", table="about")  # a value with words of its own
    if own != f"{key} {value}":
        return own
    told = w(key, value, table="about")
    return told if told != key else f"{key.replace('_', ' ')} {value}"
