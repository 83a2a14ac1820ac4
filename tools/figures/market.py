"""Figures of the market: a gap by cause, licences in time, and the cost of a clause. They draw what `kept` keeps."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.sums import total
from coercivity.papers.outlook.axes import month_ticks, scale, tick_text
from tools.figures.figure import (
    DARK,
    GREY,
    INK,
    LIGHT,
    MIDDLE,
    PALE,
    WARM,
    WIDTH,
    Figure,
    bar,
    key,
    line,
    path,
    svg_page,
    svg_text,
)
from tools.figures.kept import PARTS, Kept, KeptCost, KeptDesk, KeptRun, kept

_WORDS = ("freight", "tax not refunded", "waiting", "refusals", "halts", "other")
_INKS = (PALE, LIGHT, DARK, WARM, MIDDLE, GREY)
_BRANCHES = {"lapsed": "Suspension lapses", "extended:2027-11-10": "Suspension extended to 10 November 2027"}
_LEFT, _RIGHT = 46, 12
_GAP_FROM = "2026-06"
_CONTROL_FROM = "2025-04"
_SHOWN_PARTIES = 5
_MILLION = 1e6
_NAMES, _LOSS, _GAIN, _DIGITS = 310, 190, 120, 46
_ZERO = _NAMES + _DIGITS + _LOSS


def gap(numbers: Kept | None = None) -> Figure:
    """Returns the gap of dysprosium oxide by cause and month, in both legal scenarios."""
    numbers = numbers or kept()
    months = [month for month in numbers["months"] if month >= _GAP_FROM]
    columns = [[run["gap"][month] for month in months] for run in numbers["runs"]]
    high = max(total(max(part, 0.0) for part in parts) for column in columns for parts in column)
    found = [any(parts[place] for column in columns for parts in column) for place in range(len(PARTS))]
    parts = key([entry for entry, there in zip(zip(_INKS, _WORDS, strict=True), found, strict=True) if there], 18)
    for place, run in enumerate(numbers["runs"]):
        parts += _gap_panel(run, months, high, top=48 + place * 200)
    runs = numbers["runs"]
    rows = []
    for month in months[::3]:
        causes = [(run["gap"][month][PARTS.index(name)]) for name in ("waiting", "refusal", "halt") for run in runs]
        rows.append([month, *(f"{value:.1f}" for value in [*(total(run["gap"][month]) for run in runs), *causes])])
    told = (
        "Price of dysprosium oxide outside China less its price in China, by cause, USD/kg; above if the suspension of "
        f"57, 61 and 62 of 2025 lapses, below if it is extended. Made with the market data {numbers['packs']['world']} "
        f"and the rules {numbers['packs']['law']}."
    )
    head = ["Month", "Gap, lapse", "Gap, extension"]
    head += [f"{word}, {path_}" for word in ("Waiting", "Refusals", "Halts") for path_ in ("lapse", "extension")]
    return Figure("gap", told, svg_page(440, told, parts), head, rows)


def _gap_panel(run: KeptRun, months: Sequence[str], high: float, top: float) -> list[str]:
    base, (low, most, ticks) = top + 150, scale(0.0, high)
    pitch = (WIDTH - _LEFT - _RIGHT) / len(months)
    parts = [svg_text(_LEFT, top - 6, _BRANCHES[run["branch"]], ink=INK, bold=True)]
    for tick in ticks:
        y = base - (tick - low) / (most - low) * 150
        parts += [line(_LEFT, y, WIDTH - _RIGHT, y), svg_text(_LEFT - 6, y + 4, tick_text(tick), "end", 10.5)]
    for place, month in enumerate(months):
        y = base
        for ink, usd_per_kg in zip(_INKS, run["gap"][month], strict=True):
            height = max(usd_per_kg, 0.0) / (most - low) * 150
            y -= height
            if height:
                parts.append(bar(_LEFT + place * pitch + 2, y, pitch - 4, height, ink))
    for place, month in month_ticks(months, pitch):
        parts.append(svg_text(_LEFT + (place + 0.5) * pitch, base + 16, month, "middle", 10.5))
    return parts


def permission(numbers: Kept | None = None) -> Figure:
    """Returns what happens to licences in one queue: applied for, granted, used, expired, left."""
    numbers = numbers or kept()
    desk, months = numbers["desk"], numbers["months"]
    asked = _asked_t(desk)
    series = (
        ("applied for, first time", asked, GREY, "5 4"),
        ("granted", desk["granted_t"], DARK, ""),
        ("used", desk["used_t"], WARM, ""),
        ("expired", desk["expired_t"], INK, "2 3"),
    )
    top, base, pitch = 48.0, 300.0, (WIDTH - _LEFT - _RIGHT) / (len(months) - 1)
    low, most, ticks = scale(0.0, max(max(values) for _, values, _, _ in series))
    parts = key([(PALE, "left, unused"), *((ink, word) for word, _, ink, _ in series)], 18)

    def at(place: int, tonnes: float) -> tuple[float, float]:
        return _LEFT + place * pitch, base - (tonnes - low) / (most - low) * (base - top)

    left = [at(place, tonnes) for place, tonnes in enumerate(desk["left_t"])]
    area = " ".join(f"{x:.1f},{y:.1f}" for x, y in [(left[0][0], base), *left, (left[-1][0], base)])
    parts.append(f"<polygon points='{area}' fill='{PALE}'/>")
    for tick in ticks:
        y = at(0, tick)[1]
        parts += [line(_LEFT, y, WIDTH - _RIGHT, y), svg_text(_LEFT - 6, y + 4, tick_text(tick), "end", 10.5)]
    for _, values, ink, dash in series:
        parts.append(path([at(place, tonnes) for place, tonnes in enumerate(values)], ink, dash))
    for place, month in month_ticks(months, pitch):
        parts.append(svg_text(_LEFT + place * pitch, base + 16, month, "middle", 10.5))
    told = (
        "Export licences for magnets from China to civil users in the United States, tonnes a month; the area is the "
        "part that is granted and neither used nor expired at the end of the month. General licences are not included. "
        "Scenario `as-known`, suspension lapses."
    )
    shown = (asked, desk["granted_t"], desk["used_t"], desk["expired_t"], desk["left_t"])
    rows = [
        [month, *(f"{values[place]:.1f}" for values in shown)]
        for place, month in enumerate(months)
        if month >= _CONTROL_FROM and place % 3 == 0
    ]
    head = ["Month", "Applied for, first time, t", "Granted, t", "Used, t", "Expired, t", "Left at the end, t"]
    return Figure("permission", told, svg_page(326, told, parts), head, rows)


def _asked_t(desk: KeptDesk) -> list[float]:
    """Returns first applications in tonnes: files times the tonnes of a file, which the grants show."""
    files, tonnes = total(desk["granted_files"]), total(desk["granted_t"])
    return [new * tonnes / files for new in desk["new_files"]]


def clause(numbers: Kept | None = None) -> Figure:
    """Returns who gains and who loses most by a clause, in both legal scenarios."""
    numbers = numbers or kept()
    names = _most_moved(numbers["cost"])
    moved = [cost["parties"].get(name, 0) for cost in numbers["cost"] for name in names]
    pixels = min(_LOSS / -min(*moved, -1), _GAIN / max(*moved, 1))
    parts = key([(DARK, "suspension lapses"), (LIGHT, "suspension extended")], 18)
    for lane, name in enumerate(names):
        y = 40 + lane * 32
        parts.append(svg_text(_NAMES - 6, y + 15, name, "end"))
        for row, (cost, ink) in enumerate(zip(numbers["cost"], (DARK, LIGHT), strict=True)):
            usd = cost["parties"].get(name, 0)
            width = abs(usd) * pixels
            top = y + row * 12
            parts.append(bar(_ZERO - width if usd < 0 else _ZERO, top, width, 11, ink))
            end = "end" if usd < 0 else "start"
            x = _ZERO - width - 5 if usd < 0 else _ZERO + width + 5
            parts.append(svg_text(x, top + 10, _million(usd), end, 10.5))
    height = 40 + len(names) * 32 + 8
    parts.append(line(_ZERO, 34, _ZERO, height - 6, GREY))
    told = (
        "Cost of the dysprosium clause of 18/2025 (`a18-1c905`) by party, million USD from November 2026 to December "
        "2027: gain (right) or loss (left) with the clause against the same run without it. The five largest losses "
        "and gains if the suspension lapses."
    )
    rows = [[name, *(_million(cost["parties"].get(name, 0)) for cost in numbers["cost"])] for name in names]
    rows.append(["all parties together", *(_million(cost["whole_usd"]) for cost in numbers["cost"])])
    return Figure("clause", told, svg_page(height, told, parts), ["Party", "Lapse", "Extension"], rows)


def _most_moved(costs: Sequence[KeptCost]) -> list[str]:
    order = sorted(costs[0]["parties"].items(), key=lambda entry: (entry[1], entry[0]))
    return [name for name, _ in [*order[:_SHOWN_PARTIES], *order[-_SHOWN_PARTIES:]]]


def _million(usd: int) -> str:
    return f"{usd / _MILLION:+.1f}".replace("-", "\u2212")
