"""Cost of the plan against doing nothing, and the choices between mean cost and the worst cases."""

from __future__ import annotations

from fractions import Fraction

from coercivity.papers.brief.paper.figures.svg import INK, LINE, PALE, SIZE, WIDTH, Drawing
from coercivity.papers.brief.paper.rounding import keur, share
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.outlook.axes import steps
from coercivity.papers.shared.paper.figures import exact_text
from coercivity.papers.shared.paper.sections import PaperFigure, Wording

LEFT, RIGHT, ROW, BAR = 190.0, 110.0, 24.0, 15.0
FRONTIER_HEIGHT, FRONTIER_LEFT, FRONTIER_RIGHT, FRONTIER_TOP, FRONTIER_BOTTOM = 210.0, 80.0, 150.0, 26.0, 44.0
LEAST_POINTS = 3
_APART = 15.0


def plan_figure(mix: MixReport, w: Wording) -> PaperFigure:
    """Returns bars of the mean cost and of the mean of the worst cases, of the plan and of doing nothing.

    Args:
        mix: The best mix.
        w: The words.
    """
    tail = share(exact_text(1 - Fraction(mix["cvar_level"])), w.lang)
    told = w("plan_told", mix["months"], tail)
    drawing = Drawing("plan", ROW * 4 + 30, told)
    most = max(float(one[key]) for one in (mix["best"], mix["do_nothing"]) for key in ("mean_keur", "cvar_keur"))
    fills = {"plan_nothing": PALE, "plan_best": INK}
    y = 4.0
    for key, label in (("mean_keur", w("bar_mean")), ("cvar_keur", w("bar_worst", tail))):
        drawing.text((0, y + ROW), label, bold=True)
        for word, plan in (("plan_nothing", mix["do_nothing"]), ("plan_best", mix["best"])):
            value = plan["mean_keur"] if key == "mean_keur" else plan["cvar_keur"]
            width = (WIDTH - LEFT - RIGHT - 70) * float(value) / most if most else 0.0
            drawing.text((LEFT + 62, y + BAR - 3), w(f"{word}_short"), anchor="end", size=SIZE - 1)
            drawing.box((LEFT + 70, y), max(width, 0.5), BAR, fill=fills[word])
            drawing.text((LEFT + 76 + width, y + BAR - 3), keur(value, w.lang), bold=word == "plan_best")
            y += ROW
        y += 12
    return PaperFigure("plan", told, drawing.svg())


def frontier_figure(mix: MixReport, w: Wording) -> PaperFigure | None:
    """Returns the best plans between mean cost and worst cases; None where there are too few for a curve.

    Args:
        mix: The best mix, with its frontier.
        w: The words.
    """
    points: dict[tuple[float, float], str] = {}
    for point in mix["frontier"] or ():
        plan = point["plan"]
        points.setdefault((float(plan["mean_keur"]), float(plan["cvar_keur"])), " + ".join(plan["options"]))
    if len(points) < LEAST_POINTS:
        return None
    tail = share(exact_text(1 - Fraction(mix["cvar_level"])), w.lang)
    told = w("frontier_told", tail)
    drawing = Drawing("frontier", FRONTIER_HEIGHT, told)
    means, worsts = [mean for mean, _ in points], [worst for _, worst in points]
    across, up = steps(min(means), max(means)), steps(min(worsts), max(worsts))
    left, right = FRONTIER_LEFT, WIDTH - FRONTIER_RIGHT
    top, bottom = FRONTIER_TOP, FRONTIER_HEIGHT - FRONTIER_BOTTOM

    def x(mean: float) -> float:
        return left + (right - left) * (mean - across[0]) / (across[-1] - across[0])

    def y(worst: float) -> float:
        return bottom - (bottom - top) * (worst - up[0]) / (up[-1] - up[0])

    for tick in up:
        drawing.line((left, y(tick)), (right, y(tick)), ink=LINE, width=0.6)
        drawing.text((left - 6, y(tick) + 4), keur(f"{tick:.3f}", w.lang), anchor="end", size=SIZE - 2)
    for tick in across:
        drawing.line((x(tick), bottom), (x(tick), bottom + 4), ink=LINE)
        drawing.text((x(tick), bottom + 17), keur(f"{tick:.3f}", w.lang), anchor="middle", size=SIZE - 2)
    drawing.text((left, 12), w("bar_worst", tail), size=SIZE - 1, bold=True)
    drawing.text(((left + right) / 2, FRONTIER_HEIGHT - 6), w("bar_mean"), anchor="middle", size=SIZE - 1, bold=True)
    found = sorted(points)
    drawing.path([(x(mean), y(worst)) for mean, worst in found], width=1.2)
    before = -_APART
    for mean, worst in found:
        drawing.dot((x(mean), y(worst)))
        shown = max(y(worst) + 4, before + _APART)
        drawing.text(
            (x(mean) + 8, shown - 6 if shown < bottom else shown), points[mean, worst] or w("none"), size=SIZE - 1
        )
        before = shown
    return PaperFigure("frontier", told, drawing.svg())
