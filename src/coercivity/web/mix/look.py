"""A mix as the screen shows it: before and after, charts, sections."""

from __future__ import annotations

from dataclasses import dataclass

from coercivity.verbs.mix_sections import (
    KEUR,
    MixPlanData,
    MixReport,
    chosen_text,
    figure,
    mix_shown,
    mix_title,
    percent,
)
from coercivity.web.mix.charts import frontier_chart, scenarios_chart
from coercivity.web.shown import is_english
from coercivity.web.view import Context, View

_COSTS = ("mean_keur", "cvar_keur", "spent_keur")


@dataclass(frozen=True, slots=True)
class Compared:
    """A table that sets plans beside each other."""

    head: list[str]
    rows: list[list[str]]

    @property
    def numeric(self) -> frozenset[int]:
        """Positions of the columns with numbers."""
        return frozenset(range(1, len(self.head)))


def mix_context(view: View, body: MixReport, unchanged: MixReport | None) -> Context:
    """Returns the template values of a result.

    Args:
        view: The request.
        body: Result as plain data.
        unchanged: Result of the workbook as it is; None if nothing was changed.
    """
    sections = mix_shown(body, view.lang)
    tables = {table.id: table for section in sections.values() for table in section.tables}
    charts = {
        "frontier": frontier_chart(view, body, tables["frontier"]) if "frontier" in tables else None,
        "scenarios": scenarios_chart(view, body, tables["scenarios"]) if "scenarios" in tables else None,
    }
    return {
        "body": body,
        "title": mix_title(body, view.lang),
        "sections": sections,
        "charts": charts,
        "compared": _compared(view, body, unchanged),
        "is_english": is_english,
    }


def _compared(view: View, body: MixReport, unchanged: MixReport | None) -> Compared:
    """Returns doing nothing beside the best plan and, if the workbook was changed, the one without the changes."""
    plans = [(view.w("mix.doing_nothing"), body["do_nothing"])]
    if unchanged is not None:
        plans.append((view.w("mix.unchanged"), unchanged["best"]))
    plans.append((view.w("mix.best_changed") if unchanged is not None else view.w("mix.best"), body["best"]))
    cells = [_cells(view, plan) for _, plan in plans]
    names = [view.w(f"mix.row_{name}") for name in ("options", "stock", *_COSTS, "chance", "mean_days", "worst_days")]
    rows = [[name, *column] for name, column in zip(names, zip(*cells, strict=True), strict=True)]
    return Compared([view.w("mix.row_head"), *(name for name, _ in plans)], rows)


def _cells(view: View, plan: MixPlanData) -> list[str]:
    options, stock = chosen_text(plan, view.lang)
    return [
        options,
        stock,
        *(figure(plan[name], KEUR) for name in ("mean_keur", "cvar_keur", "spent_keur")),
        percent(plan["lost_chance"], view.lang, 2),
        figure(plan["mean_lost_line_days"], KEUR),
        figure(plan["worst_lost_line_days"], KEUR),
    ]
