"""`mix`: which stock and options are worth their money, from the workbook of a company."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.base.errors import Argument, CoercivityError, Faults
from coercivity.base.linear import NoCertainAnswerError
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Input
from coercivity.firm.company.in_case import company_source
from coercivity.firm.company.mix_sheets.bases import price_bases
from coercivity.firm.company.mix_sheets.in_hand import stock_not_counted
from coercivity.firm.company.mix_sheets.prices import indexed_options
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.mix.answer import MixAsked, MixFound, check_steps, mix_answer
from coercivity.firm.mix.build import build_mix
from coercivity.firm.mix.choose import NoPlanError
from coercivity.firm.mix.independent import independent as made_independent
from coercivity.firm.mix.intervals import RestsOn
from coercivity.firm.mix.model import MixCase
from coercivity.firm.mix.sensitivity.simulated import check_draws, simulated
from coercivity.firm.option_law.lawful import lawful_case
from coercivity.firm.option_law.results import OptionDeal, OptionLaw
from coercivity.papers.firm.mix.data import mix_data
from coercivity.papers.firm.mix.drivers_data import drivers_data
from coercivity.papers.firm.mix.files import mix_page
from coercivity.papers.firm.mix.report_data import MixDriversData, MixReport
from coercivity.papers.firm.mix.sections import mix_sections
from coercivity.papers.firm.mix.text import mix_lines
from coercivity.papers.firm.own_names import names_of_mix
from coercivity.papers.shared.paper.figures import number
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs.desk_queues import place_names
from coercivity.verbs.mix_draws import MixDraws, made_with, mix_draws, packed_beside
from coercivity.verbs.mix_law import MixLawAsked, MixLawRead, law_of_mix, left_out, read_mix_law

__all__ = ["MixAnswer", "MixReport", "best_mix"]
_LARGEST = 10**8  # 1000 EUR, or t; beyond it the tolerances of the solver no longer tell one plan from another
_ASSUMED = ("sea_months", "discount_per_month", "left_over_worth_share")


@dataclass(frozen=True, slots=True)
class MixAnswer(Tabled):
    """The best mix.

    Attributes:
        found: The result.
        body: The same as plain data: text, whole numbers, flags, lists and mappings.
        law: What the law says of each option, then of the stock of each grade.
        company: The company as read.
        drawn: Draws of the market that the scenarios are; None for the workbook's own.

    Examples:
        >>> answer = coercivity.best_mix(EXAMPLES / "firms" / "wind.yaml", cvar=0.85)
        >>> next(answer.lines())
        'Windrad Nord: best mix over 6 months'
    """

    found: MixFound
    body: MixReport
    law: tuple[OptionLaw, ...] = ()
    company: Company = field(default_factory=Company)
    drawn: MixDraws | None = None

    def as_dict(self) -> MixReport:
        """Returns the result as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the result as lines of text."""
        return mix_lines(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the result as a page that prints whole and needs no script."""
        return mix_page(self.body, lang, sister=sister)

    def _frames(self) -> Frames:
        return section_frames(mix_sections(self.body))

    def _headline(self) -> str:
        return next(self.lines())


def best_mix(
    source: Input | str | Company,
    *,
    weight: float = 0.0,
    cvar: float = 0.9,
    steps: Mapping[str, float] | None = None,
    stock_alone: bool = False,
    independent: Sequence[str] = (),
    flips: bool = False,
    late: bool = False,
    frontier: bool = False,
    on: Day | str | None = None,
    known: Day | str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
    decided: Mapping[str, OptionDeal] | None = None,
    progress: Callable[[int, int], None] | None = None,
    draws: int | None = None,
    draws_folder: Path | None = None,
    cache: bool = True,
    simulate: int | None = None,
    seed: int = 0,
) -> MixAnswer:
    """Returns the best mix of stock and options, with the next best, by scenario, and what each limit costs.

    Only lawful options are chosen from: each that says what goes is decided at its date; one that is prohibited or
    undetermined is never part of a plan, and of each about which the law was not asked the result says so.

    Args:
        source: Workbook (XLSX), the same as YAML, a folder with one CSV file a sheet, uploaded content, a case folder
            with one of them as `company.xlsx`, `company.yaml` or `company`, or a company. Text is a path.
        weight: Weight of CVaR in the objective (1 - weight) x mean + weight x CVaR.
        cvar: Level of CVaR: the mean of the dearest 1 - `cvar`.
        steps: How much wider to try each limit, by name: budget, storage, lost_line_days, stock_cap:GRADE.
        stock_alone: Leave all options out.
        independent: Grades taken as independent of each other; by default one authority stops all together.
        flips: Look for what would change the choice; some seconds for ten inputs.
        late: Price legal facts that are known 30 and 90 days late.
        frontier: Find the best plan at 21 weights.
        on: First day of the mix for the law; by default the day of the stock count.
        known: Information cut-off for the law.
        assume: Planning assumptions, as after `--assume`.
        law: The rulebook to use, with which draws are compared too.
        decided: Transactions of the case as decided, by id; by default those of a case folder are decided here.
        progress: Is told the steps that are done and their number.
        draws: Draws of the market in place of the sheet Scenarios, those of all legal paths together; they are read
            from where they are kept and never made.
        draws_folder: Folder of draws, as after `outlook --draws-folder`, or a small file of them; by default
            `draws.json` beside the company's file, else the cache. Without `draws` all of them are used.
        cache: Whether draws of the cache are looked for.
        simulate: Number of scenarios to simulate for the best plan, as a check of its mean; by default none.
        seed: Seed of the simulation; the same one gives the same numbers to the digit.

    Raises:
        CoercivityError: With every fault of the workbook by sheet and cell, and of the arguments; `INFEASIBLE` with the
            smallest sets of limits that clash where no plan keeps them all; `MIX-FIGURES` where figures are too far
            apart for an exact answer.

    Examples:
        >>> answer = coercivity.best_mix(EXAMPLES / "firms" / "wind.yaml", cvar=0.85)
        >>> answer.body["best"]["options"], answer.body["best"]["mean_keur"]
        (['second'], '1028')
    """
    faults = Faults()
    source = Path(source) if isinstance(source, str) else source
    check_shares(weight, cvar, faults)
    with faults.kept():
        check_draws(2 if simulate is None else simulate)
    company, case, apart = Company(), None, tuple(dict.fromkeys(independent))
    drawn: MixDraws | None = None
    told = read_mix_law(MixLawAsked(on, known, assume, law, decided), source, faults)
    with faults.kept():
        company = source if isinstance(source, Company) else company_of(company_source(source), _deals(told))
        place = draws_folder or packed_beside(source)
        if draws is not None or draws_folder is not None or (place is not None and not company.scenarios):
            drawn = mix_draws(company, law, draws, place, cache=cache)
        case = build_mix(
            company, alpha=cvar, stock_alone=stock_alone, drawn=None if drawn is None else drawn.case.scenarios
        )
        with faults.kept():
            check_steps(case, steps or {})
        if apart:
            case = made_independent(case, apart)
    faults.raise_if_any()
    assert case is not None  # else there is a fault
    assert told is not None
    said = tuple(one for one in law_of_mix(told, company) if one.kind == "stock" or not stock_alone)
    case = lawful_case(case, said)
    rests = RestsOn(drawn.case.points if drawn is not None else (), cases=company.settings.chances_rest_on_cases)
    if _largest(company)[0] > _LARGEST:
        raise _too_far_apart(company)
    asked = MixAsked(dict(steps or {}), flips=flips, late=late, frontier=frontier, apart=apart, rests=rests)
    try:
        found = mix_answer(case, weight, asked, progress=progress)
    except NoPlanError as error:
        raise CoercivityError([*error.faults, *left_out(said)]) from None
    except NoCertainAnswerError:
        raise _too_far_apart(company) from None
    assumed = [name for name in _ASSUMED if getattr(company.settings, name) is None]
    settings = company.settings
    body = mix_data(
        found,
        firm=settings.firm,
        assumed=assumed,
        law=said,
        book=told.book,
        bases=price_bases(company),
        accepted=settings.mixed_price_bases,
        drivers=None if drawn is None else _drivers(drawn, case, law),
        simulated=None if simulate is None else simulated(found.best, simulate, seed),
        not_counted_t=stock_not_counted(company),
        names_zh=names_of_mix(company),
    )
    wider = {name: number(step) for name, step in asked.steps.items()}
    question: dict[str, object] = {
        "weight": number(weight), "cvar": number(cvar), "steps": wider,
        "stock_alone": stock_alone, "independent": list(apart), "flips": flips, "late": late, "frontier": frontier,
        "draws": draws,
        "simulate": simulate,
        "seed": seed,
    }  # fmt: skip
    body["hash"] = sha256({"workbook": company_hash(company), "question": question, "result": body})
    return MixAnswer(found, body, said, company, drawn)


def _largest(company: Company, *, caps: bool = False) -> tuple[Fraction | int, str]:
    """Returns the largest cost [1000 EUR, or 1000 EUR/t] or use [t], and its place; with caps if they count too."""
    rows = [
        *((row.where, (row.loss_keur_per_t, row.stock_cost_keur_per_t)) for row in company.grades),
        *((row.where, (row.fee_keur, row.extra_keur_per_t)) for row in company.mix_options),
        *_highest_prices(company),
        *((f"Index, {name}", tuple(values.values())) for name, values in company.index.items()),
        *(
            (f"Price paths, {scenario}", tuple(values.values()))
            for scenario, each in company.price_paths.items()
            for values in each.values()
        ),
        *((f"Monthly use, {grade}", tuple(use.values())) for grade, use in company.monthly_use.items()),
    ]
    if caps:
        rows += [(row.where, (row.stock_cap_t,)) for row in company.grades]
        rows += [(row.where, (row.cap_t,)) for row in company.mix_options]
    return max(((figure or 0, where) for where, figures in rows for figure in figures), default=(0, ""))


def _highest_prices(company: Company) -> Iterator[tuple[str, tuple[Fraction]]]:
    """Yields the highest price of each option, and of each grade if an option has one, with its row [1000 EUR/t]."""
    options, rate = indexed_options(company), company.settings.usd_per_eur or 1
    tops: dict[str, Fraction] = {}
    for sheet in (company.index, *company.price_paths.values()):
        for name, values in sheet.items():
            tops[name] = max([tops.get(name, Fraction(0)), *values.values()])
    for row in options:
        price = (row.a or 0) + (row.b or 0) * tops.get(row.index, Fraction(0))
        yield row.where, (price / rate if row.price_cap is None else min(price, row.price_cap) / rate,)
    for grade in company.grades if options else ():
        usual = (grade.usual_a or 0) + (grade.usual_b or 0) * tops.get(grade.usual_index, Fraction(0))
        yield grade.where, (usual / rate,)


def _too_far_apart(company: Company) -> CoercivityError:
    """Returns the fault for figures with which the solver finds no certain answer; it names the largest."""
    most, where = _largest(company, caps=True)
    what = f"the figures are too far apart for an exact answer; the largest is {number(float(most))}"
    return CoercivityError.of("MIX-FIGURES", what, where=where, next="check its digits and its unit")


def _deals(told: MixLawRead | None) -> frozenset[str] | None:
    """Returns the ids of the transactions of a case folder; None outside of one."""
    return None if told is None or told.rows is None else frozenset(row.id for row in told.rows)


def check_shares(weight: float, cvar: float, faults: Faults) -> None:
    """Adds a fault for a weight on CVaR outside 0 to 1, and for a level that is below 0 or not below 1.

    Args:
        weight: Weight of CVaR in the objective.
        cvar: Level of CVaR.
        faults: Faults found so far.
    """
    if not 0.0 <= weight <= 1.0:
        what = f"the weight on CVaR is between 0 and 1, not {weight}"
        faults.add("ARGUMENT", what, where=Argument("weight"), next="write 0 for the mean alone")
    if not 0.0 <= cvar < 1.0:
        what = f"the level of CVaR is at least 0 and below 1, not {cvar}"
        faults.add("ARGUMENT", what, where=Argument("cvar"), next="write 0.9 for the most expensive 10 %")


def _drivers(drawn: MixDraws, case: MixCase, law: Law) -> MixDriversData:
    fed = [option.option for option in case.options if option.follows_second_source]
    places = place_names(law.book())
    return drivers_data(drawn.case, case.months, made_with(drawn.case.drivers), drawn.stale, fed, places)
