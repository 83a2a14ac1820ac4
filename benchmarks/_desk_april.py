"""The year from April 2025 month by month, and the same with one element of the licensing desk off at a time."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks._desk_runs import FIRST, DeskShown, mean, ran, shown
from benchmarks._tables import table
from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import ABROAD, CHINA
from coercivity.market.results.rows import ALL_ABROAD
from coercivity.permission.desk.from_practice import DAYS_A_MONTH
from coercivity.practice.desk import ELEMENTS

FILES = ("new", "again", "granted", "returned", "refused", "pending")
MAGNETS = ("magnets", "magnets_controlled", "magnets_not_controlled")
BEFORE = 3  # months before the control, for comparison


def april(last: str) -> None:
    """Prints the tables of the year.

    Args:
        last: Last month.
    """
    whole = ran(last)
    first = parse_month(FIRST)
    usual = shown(whole, month_text(first - BEFORE), month_text(first - 1))
    run = shown(whole, FIRST, last)
    _files(run)
    _forms(run)
    _out(usual, run)
    _elements(run, last)


def _files(run: DeskShown) -> None:
    print(f"files, {run.months[0]} to {run.months[-1]}; days from coming in to decision")
    columns = [run.files(name) for name in FILES]
    days = [_days(run, n) for n in range(len(run.months))]
    table(("month", *FILES, "days"), list(zip(run.months, *columns, days, strict=True)))


def _days(run: DeskShown, at: int) -> float:
    decided = run.files("granted")[at] + run.files("refused")[at]
    return DAYS_A_MONTH * run.files("decided_months")[at] / decided if decided > 1e-9 else 0.0


def _forms(run: DeskShown) -> None:
    """Prints files by form; what is pending is that at the end."""
    print("files of the period by form; pending at the end")
    cells = ran(month_text(_last(run))).desk.cells
    rows = []
    for form in dict.fromkeys(cell.queue.form for cell in cells.cells):
        here = [n for n, cell in enumerate(cells.cells) if cell.queue.form == form]
        sums = [[float(getattr(done.desk, name)[here].sum()) for done in run.done] for name in FILES]
        rows.append((form, *(total(months) for months in sums[:-1]), sums[-1][-1]))
    table(("form", *FILES), rows)


def _last(run: DeskShown) -> Month:
    return run.done[-1].month


def _out(usual: DeskShown, run: DeskShown) -> None:
    before = f"mean of {usual.months[0]} to {usual.months[-1]}"

    def rows(series: Sequence[tuple[list[float], list[float]]]) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = [(before, *(mean(a) for a, _ in series))]
        return found + [(month, *(b[n] for _, b in series)) for n, month in enumerate(run.months)]

    zero = [0.0] * len(usual.months), [0.0] * len(run.months)

    def out(what: str, region: str) -> tuple[list[float], list[float]]:
        return usual.out.get((what, region), zero[0]), run.out.get((what, region), zero[1])

    print("out of China [t]; devices abroad that were not built [t of their magnets]")
    columns = [*(out(what, ALL_ABROAD) for what in MAGNETS), (usual.without_t, run.without_t)]
    table(("month", "magnets", "controlled", "not controlled", "going without"), rows(columns))
    for element in ("Dy", "Tb"):
        print(f"{element} out of China: oxide, metal and in magnets [t of the element]")
        table(("month", "all", *ABROAD), rows([out(element, region) for region in (ALL_ABROAD, *ABROAD)]))
    print("controlled magnets out of China [t]")
    table(("month", "all", *ABROAD), rows([out("magnets_controlled", region) for region in (ALL_ABROAD, *ABROAD)]))
    print("quotes [USD/kg]")
    places = [(f"ox_{element}", region) for element in ("Dy", "Tb") for region in (CHINA, ALL_ABROAD)]
    head = [f"{good} {'China' if region == CHINA else 'abroad'}" for good, region in places]
    table(("month", *head), rows([(usual.quote[place], run.quote[place]) for place in places]))


HEAD = ("magnets out", "controlled", "Dy out", "Tb out", "granted files", "Dy quote abroad", "going without")


def _sums(run: DeskShown) -> tuple[float, ...]:
    out = [total(run.out[what, ALL_ABROAD]) for what in ("magnets", "magnets_controlled", "Dy", "Tb")]
    quote = mean(run.quote["ox_Dy", ALL_ABROAD])
    return (*out, total(run.files("granted")), quote, total(run.without_t))


def _elements(run: DeskShown, last: str) -> None:
    print(
        "one element of the desk off at a time: change of the sums of the period [t, files], of the mean quote [USD/kg]"
    )
    whole = _sums(run)
    rows: list[tuple[object, ...]] = [("nothing off", *whole)]
    for element in ELEMENTS:
        found = _sums(shown(ran(last, (element,)), FIRST, last))
        rows.append((element, *(_change(a, b) for a, b in zip(found, whole, strict=True))))
    found = _sums(shown(ran(last, ELEMENTS), FIRST, last))
    rows.append(("every element", *(_change(a, b) for a, b in zip(found, whole, strict=True))))
    table(("off", *HEAD), rows)


def _change(now: float, before: float) -> str:
    gap = now - before
    return f"{gap:+,.0f}" if abs(gap) >= 100 else f"{gap:+,.2f}"
