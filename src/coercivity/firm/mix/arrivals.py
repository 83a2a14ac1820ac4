"""What can arrive in a scenario: by sea, by air, from options and from stock, month by month."""

from __future__ import annotations

from coercivity.firm.mix.model import MixCase, MixItem, MixOption, MixScenario

# Options that give at most their cap in each month; recycling gives its cap whether needed or not.
SOURCES = frozenset({"second_source", "air", "own_processing", "contract", "recycling"})


def discounts(case: MixCase) -> tuple[float, ...]:
    """Returns what an amount paid at the start (first), or in month 1, 2, ... is worth at the start."""
    return tuple((1.0 + case.discount_per_month) ** -month for month in range(case.months + 1))


def usable(case: MixCase, option: MixOption, item: str | None = None) -> range:
    """Returns the months in which an option can be used for an item; without one, for any of its items.

    A leaner grade is asked about by the item that it replaces. Months of waiting begin with the choice, and so later
    where it is late; a last month is that of the calendar.
    """
    if item is not None:
        first = option.item_months.get(item, option.months) + case.months_late + 1
        return range(first, min(option.item_last.get(item, case.months), case.months) + 1)
    if not option.items:
        return range(option.months + case.months_late + 1, case.months + 1)
    items = option.items[:1] if option.kind == "leaner_grade" else option.items
    each = [one for name in items if (one := usable(case, option, name))]
    return range(min(one.start for one in each), max(one.stop for one in each)) if each else range(0)


def stock_begins(case: MixCase, item: MixItem) -> int:
    """Returns the months in which stock of an item cannot be used yet; it can from the next month on."""
    return stock_waits(case, item)[1] + case.months_late


def stock_waits(case: MixCase, item: MixItem) -> tuple[int, int]:
    """Returns the months until stock of an item leaves for want of a licence, and until it can be used."""
    held = case.months_late <= item.stock_held_late
    return (0, 0) if held else (item.stock_leaves, item.stock_months)


def open_shares(case: MixCase, scenario: MixScenario, item: MixItem, *, filed: bool) -> tuple[float, ...]:
    """Returns the share of the use that China lets out, by month.

    Filing ahead that comes after the stop has begun changes nothing.
    """
    shares = scenario.open_share[item.item]
    if not filed:
        return shares
    stopped = [i for each in case.items for i, share in enumerate(scenario.open_share[each.item], 1) if share < 1.0]
    if case.months_late and stopped and min(stopped) <= case.months_late:
        return shares
    return scenario.open_share_if_filed[item.item]


def by_sea(case: MixCase, scenario: MixScenario, item: MixItem, *, filed: bool) -> tuple[float, ...]:
    """Returns the most that can be used by sea in each month [t]; months before the first were open."""
    shares = (1.0,) * case.sea_months + tuple(open_shares(case, scenario, item, filed=filed))
    return tuple(use * share for use, share in zip(item.use_t, shares, strict=False))


def by_air(case: MixCase, scenario: MixScenario, item: MixItem, *, filed: bool) -> tuple[float, ...]:
    """Returns the most that can be used by air in each month [t], before the cap of the option."""
    shares = open_shares(case, scenario, item, filed=filed)
    let_out = tuple(use * share for use, share in zip(item.use_t, shares, strict=True))
    if not case.let_out_once:
        return let_out
    sea = by_sea(case, scenario, item, filed=filed)
    return tuple(max(0.0, most - arrived) for most, arrived in zip(let_out, sea, strict=True))


def cap_in(option: MixOption, scenario: MixScenario) -> float:
    """Returns the most that an option gives in a month of a scenario, over its items together [t]."""
    follows = option.kind == "second_source" or option.follows_second_source
    return option.cap * scenario.second_source_share if follows else option.cap


def delivered(case: MixCase, scenario: MixScenario, item: MixItem) -> float:
    """Returns the share of the stock of an item that is delivered, and so paid.

    An order that waits for a licence leaves with the share that China lets out in that month; one that waits for none,
    but is late, leaves whole or not at all.
    """
    waits = stock_waits(case, item)[0]
    leaves = case.months_late + waits
    if leaves == 0:
        return 1.0
    if leaves > case.months:
        return 0.0
    share = scenario.open_share[item.item][leaves - 1]
    return share if waits else float(share >= 1.0)
