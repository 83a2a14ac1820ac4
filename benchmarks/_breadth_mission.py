"""Four ways out of dependence, each against the base run: tonnes, USD and who pays."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks._breadth_case import Said
from benchmarks._breadth_runs import ALL_ON, Period, mean, paid_by, public_money, row_sum, started, summed, table_of
from benchmarks._tables import table
from coercivity.base.sums import total
from coercivity.market.results.rows import ALL_ABROAD

# Scenario, and the sentence that it is to answer.
MISSION = {
    "long-contracts": "Long contracts with diversified suppliers",
    "recycling-push": "A pivot to recycling",
    "funded-processing": "Funded separation and metal outside China",
    "magnet-lines-late": "Magnet lines outside China 18 months late",
}
TONNES = {
    "went without, t of magnets": "without_t:magnets",
    "used less by thrift, t of magnets": "less_t:magnets",
    "substituted, t of magnets": "substituted_t:magnets",
    "magnets from China, mag_none t": "out:mag_none",
    "magnets from China, mag_low t": "out:mag_low",
    "magnets from China, mag_high t": "out:mag_high",
    "NdPr oxide from China, t": "out:ox_NdPr",
    "Dy oxide from China, t": "out:ox_Dy",
}
MADE = {"NdPr oxide": "ox_NdPr", "Dy oxide": "ox_Dy", "Tb oxide": "ox_Tb", "NdPr metal": "met_NdPr"}
MAGNETS = ("mag_none", "mag_low", "mag_high", "mag_Ce")
PRICES = ("ox_NdPr", "ox_Dy", "ox_Tb", "mag_none", "mag_high")
MILLION = 1e6


def made_abroad(said: Said, good: str, period: Period) -> float:
    """Returns what is made of a product outside China by every kind of activity [t]."""
    keys = [key for key in said["series"] if key.startswith("made:") and key.endswith(f":{good}")]
    return total(summed(said, key, period) for key in sorted(keys))


def recycled_t(said: Said, period: Period) -> float:
    """Returns the oxides recovered from magnets at the end of their life, all regions and elements [t]."""
    return total(
        total(row_sum(said, {element: values}, element, period) for element, values in sorted(_recovered(row).items()))
        for row in table_of(said, "end_of_life")
        if row["region"] != ALL_ABROAD
    )


def _recovered(row: Mapping[str, object]) -> dict[str, list[float]]:
    found = row.get("recovered_t")
    return found if isinstance(found, dict) else {}


def mission_tables(found: dict[str, Said], period: Period) -> None:
    """Prints tonnes, prices, public money, contracts and who gains or pays, for each scenario against the base run."""
    base = found[ALL_ON]
    if "missing" in base:
        return
    runs = {name: found[name] for name in MISSION if "missing" not in found[name]}
    for name, said in runs.items():
        print(f"{MISSION[name]} ({name}), against the base run, {period[0]} to {period[1]}")
        _tonnes(base, said, period)
        _money(name, base, said, period)


def _tonnes(base: Said, said: Said, period: Period) -> None:
    rows: list[tuple[str, float, float]] = [
        (what, summed(base, key, period), summed(said, key, period)) for what, key in TONNES.items()
    ]
    for what, good in MADE.items():
        rows.append((f"{what} made abroad, t", made_abroad(base, good, period), made_abroad(said, good, period)))
    magnets = [total(made_abroad(run, good, period) for good in MAGNETS) for run in (base, said)]
    rows.append(("magnets made abroad, t", magnets[0], magnets[1]))
    rows.append(("recovered at the end of life, t of oxides", recycled_t(base, period), recycled_t(said, period)))
    stages = [started(run, period[1]) for run in (base, said)]
    for stage in sorted({*stages[0], *stages[1]}):
        rows.append((f"capacity started, {stage} t/yr", stages[0].get(stage, 0.0), stages[1].get(stage, 0.0)))
    for good in PRICES:
        means = [mean(run, f"quote:{good}:{ALL_ABROAD}", period) for run in (base, said)]
        rows.append((f"quote abroad, {good} USD/kg", means[0], means[1]))
    table(("", "base", "with", "change"), [(what, a, b, b - a) for what, a, b in rows])


def _money(name: str, base: Said, said: Said, period: Period) -> None:
    before = paid_by(base, period)
    rows = [
        (f"policies, paid by {payer}", (usd - before.get(payer, 0.0)) / MILLION)
        for payer, usd in paid_by(said, period).items()
    ]
    rows.append(("of it public money", (public_money(said, period) - public_money(base, period)) / MILLION))
    for row in table_of(said, "contracts"):
        short, due, delivered = (row_sum(said, row, part, period) for part in ("short_t", "due_t", "delivered_t"))
        what = f"contract {row['contract']}: due {due:,.0f} t, delivered {delivered:,.0f}, short {short:,.0f}"
        rows.append(
            (f"{what}; paid by {row['buyer']} for what is short", row_sum(said, row, "paid_usd", period) / MILLION)
        )
        rows.append((f"{'':4}above the quote", row_sum(said, row, "above_usd", period) / MILLION))
    for party, usd in _by_party(base, said).items():
        rows.append((f"surplus, {party}", usd / MILLION))
    table(("", "M USD"), rows)


def _by_party(base: Said, said: Said) -> dict[str, float]:
    """Returns the change of surplus by kind of party and, for uses and makers, by region [USD]."""
    found: dict[str, float] = {}
    for run, sign in ((said, 1.0), (base, -1.0)):
        for name, usd in run["by_party_usd"].items():
            key = ":".join(name.split(":")[:2])
            found[key] = found.get(key, 0.0) + sign * usd
    return {key: usd for key, usd in sorted(found.items()) if abs(usd) >= MILLION / 10}
