"""What a reader of a mix should know first: the plan, what it costs, and which reading it shows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from coercivity.papers.firm.mix.law.sections import law_sentences, none_asked
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.firm.mix.wording import DAYS, KEUR, masses_text, options_text, part_text, stated_bases
from coercivity.papers.shared.paper.figures import exact_text, figure, listed, percent
from coercivity.papers.shared.paper.sections import Wording

NAMED = 3


def opening(body: MixReport, w: Wording) -> Iterator[str]:
    """Yields the sentences of the summary."""
    yield from none_asked(body, w.lang)
    best, nothing = body["best"], body["do_nothing"]
    chosen = options_text(best["options"], w)
    stocked = any(mass != "0" for mass in best["stock_t"].values())
    yield w("choose", chosen, masses_text(best["stock_t"], w)) if stocked else w("choose_no_stock", chosen)
    if body["in_hand_t"]:
        yield w("beside_in_hand", masses_text(body["in_hand_t"], w))
    tail = percent(exact_text(1 - Fraction(body["cvar_level"])), w.lang)
    keur = [figure(best[key], KEUR) for key in ("mean_keur", "cvar_keur", "spent_keur")]
    yield w("cost", keur[0], tail, keur[1], keur[2])
    weight = Fraction(body["weight"])
    if weight:
        shares = [figure(exact_text(share), 3, trim=True) for share in (1 - weight, weight)]
        yield w("weighted", *shares, figure(best["objective_keur"], KEUR))
    days = figure(best["mean_lost_line_days"], 2), figure(best["worst_lost_line_days"], DAYS)
    if body["simulated"] is not None:
        drawn = body["simulated"]
        cells = figure(drawn["mean_keur"], KEUR), figure(drawn["error_keur"], KEUR)
        yield w("simulated", f"{drawn['draws']:,}", drawn["seed"], *cells, percent(drawn["lost_share"], w.lang, 2))
    yield w("lost", percent(best["lost_chance"], w.lang, 2), *days)
    costs = [figure(nothing[key], KEUR) for key in ("mean_keur", "cvar_keur")]
    chance = percent(nothing["lost_chance"], w.lang, 2)
    yield w("nothing", *costs, chance, figure(nothing["worst_lost_line_days"], DAYS))
    if best_parts := [part_text(part, w) for part in body["actions"] if part["saves_per_keur"] is not None][:NAMED]:
        yield w("parts", listed(best_parts, w.lang))
    if len(body["choices"]) > 1 and (over := body["choices"][1]["over_best_share"]) is not None:
        yield w("next", options_text(body["choices"][1]["options"], w), percent(over, w.lang, 2))
    yield from _readings(body, w)


def _readings(body: MixReport, w: Wording) -> Iterator[str]:
    """Yields which reading is shown, what the other gives, and what is not asked."""
    run, best_run = body["nothing_known"], body["nothing_known_best"]
    costs = [figure(run[key], KEUR) for key in ("mean_keur", "cvar_keur")]
    more = figure(body["nothing_known_extra_keur"], KEUR)
    yield w("reading", *costs, more, figure(run["worst_lost_line_days"], DAYS))
    if best_run is not None:
        options, stock = options_text(best_run["options"], w), masses_text(best_run["stock_t"], w)
        yield w("reading_best", options, stock, figure(best_run["mean_keur"], KEUR))
    else:
        yield w("no_reading_best")
    if len(bases := stated_bases(body, w)) > 1:
        yield w("bases_mixed", listed(bases, w.lang), body["mixed_bases_accepted"])
    apart = body["independent"]
    yield w("apart", listed(apart, w.lang)) if apart else w("authority")
    yield from law_sentences(body, w.lang)
