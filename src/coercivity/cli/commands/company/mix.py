"""`coercivity mix`: which stock and options are worth their money."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value
from coercivity.cli.options import TIMED_LAW, AsJson, Assume, Flag, Known, MaybeDay, TextLang, Texts, TimedLawOptions
from coercivity.cli.out import put, put_json, warn
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import phrase

if TYPE_CHECKING:
    from coercivity.verbs.mix_draws import MixDraws

Objective = Literal["expected-cost", "cvar"]


def mix(
    file: Path,
    *,
    weight: float | None = None,
    cvar: float = 0.9,
    objective: Objective | None = None,
    widen: Texts = None,
    stock_alone: Flag = False,
    independent: Texts = None,
    flips: Flag = False,
    late: Flag = False,
    frontier: Flag = False,
    on: MaybeDay = None,
    known: Known = None,
    assume: Assume = None,
    by: TimedLawOptions = TIMED_LAW,
    out: Path | None = None,
    draws: int | None = None,
    draws_folder: Path | None = None,
    keep_draws: Path | None = None,
    simulate: int | None = None,
    seed: int = 0,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show the best mix of stock, second sources, freight, recycling, leaner grades and filing ahead.

    Exit code: 0; 2 for bad input, or if no plan keeps the limits.

    Args:
        file: Workbook of a company: XLSX, YAML or a folder of CSV files. Or a case folder with one of them.
        weight: Weight of CVaR in the objective, 0 to 1. Default: 0, the mean alone.
        cvar: Level of CVaR, such as 0.9 for the mean of the dearest 10 %.
        objective: expected-cost for a weight of 0, cvar for a weight of 1.
        widen: Limit to try wider, such as budget=50 or stock_cap:B=4. Can be repeated.
        stock_alone: Leave all options out.
        independent: Grade taken as independent of the others. Can be repeated. Default: one authority stops all.
        flips: Look for the chance, fee, price, cap or limit that would change the choice. Takes some seconds.
        late: Price legal facts that are known 30 and 90 days late.
        frontier: Show the best plan at 21 weights on CVaR.
        out: Folder for pages, CSV, JSON, and an XLSX file that loads again to the same answer; of a case folder, a
            folder case that does. Adds the 21 weights.
        on: First day of the mix for the law, YYYY-MM-DD or today. Default: the day of the stock count.
        draws: Draws of the market, such as 64, in place of the sheet Scenarios. They are read, not made.
        draws_folder: Folder of draws, as after outlook --draws-folder, or a small file of them.
        simulate: Scenarios to simulate for the best plan, such as 100000, as a check of its mean.
        seed: Seed of the simulation; the same one gives the same numbers.
        keep_draws: Write what this mix needs of the draws to a small file, such as draws.json.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.mix import best_mix
    from coercivity.verbs.mix_files import write_mix

    steps = _steps(widen or [], weight, objective)
    found = best_mix(
        file,
        weight=weight if weight is not None else float(objective == "cvar"),
        cvar=cvar,
        steps=steps,
        stock_alone=stock_alone,
        independent=tuple(independent or ()),
        flips=flips,
        late=late,
        frontier=frontier or out is not None,
        on=on,
        known=known,
        assume=assume,
        law=by.law,
        progress=progress_bar("mix"),
        draws=draws,
        draws_folder=draws_folder,
        simulate=simulate,
        seed=seed,
    )
    if found.drawn is not None:
        warn(found.drawn.notices, lang)
    if keep_draws is not None:
        _keep(keep_draws, found.drawn)
    written = write_mix(out, found, lang, source=file) if out is not None else []
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang), phrase("not_legal_advice", lang))
    put(*(message(f"written: {path.as_posix()}", lang) for path in written))
    return 0


def _keep(path: Path, drawn: MixDraws | None) -> None:
    """Writes the draws of a mix to a small file."""
    from coercivity.verbs.mix_draws import write_mix_draws

    if drawn is None:
        what = "it goes with draws"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("keep-draws"), next="give --draws as well")
    write_mix_draws(path, drawn)


def _steps(widen: list[str], weight: float | None, objective: str | None) -> dict[str, float]:
    """Returns the steps by limit; faults of the other options are told with those of the steps."""
    faults, found = Faults(), dict[str, float]()
    if weight is not None and objective is not None:
        what = "--weight and --objective say the same"
        faults.add("ARGUMENT", what, where=Argument("objective"), next="give one of them")
    for text in widen:
        name, _, number = text.rpartition("=")
        try:
            step = float(number)
        except ValueError:
            step = -1.0
        if not name or not 0.0 < step < float("inf"):
            what = f"{brief_value(text)!r} is not a limit and a step above 0"
            faults.add("ARGUMENT", what, where=Argument("widen"), next="write it like budget=50")
        else:
            found[name] = step
    faults.raise_if_any()
    return found
