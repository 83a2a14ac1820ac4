"""What a deal is worth in yuan, from its quantity and price as they were said: what a fine is counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from coercivity.base.days import Day
from coercivity.data.packs import open_pack
from coercivity.intake.cells.quantities import read_currency, read_price, read_quantity

CNY, USD = "CNY", "USD"


@dataclass(frozen=True, slots=True)
class DealValue:
    """What a deal is worth.

    Attributes:
        cny: Quantity times price [CNY].
        told: How it was found, with the rate and its row.
    """

    cny: Decimal
    told: dict[str, str]


def deal_value(cells: Mapping[str, str], on: Day) -> DealValue | None:
    """Returns the worth of a deal, or None where quantity, price or currency do not give one.

    The price is taken for one unit of the quantity. Dollars are turned into yuan by the newest rate that the price rows
    of the world pack were read with; other currencies are left alone.

    Args:
        cells: Text by role.
        on: Day of the act.
    """
    quantity, price = cells.get("quantity", "").strip(), cells.get("price", "").strip()
    if not quantity or not price:
        return None
    amount, each = read_quantity(quantity), read_price(price)
    currency = each.unit or (read_currency(cells["currency"]).value if cells.get("currency", "").strip() else "")
    if not isinstance(amount.value, Decimal) or not isinstance(each.value, Decimal):
        return None
    worth = amount.value * each.value
    if currency == CNY:
        return DealValue(worth, {"en": "quantity times price", "zh": "数量乘单价"})
    if currency != USD:
        return None
    rate, row, day = _cny_per_usd(on)
    en = f"USD {worth:,f} at CNY {rate} a dollar, the rate of {day} (world pack, prices {row})"
    zh = f"{worth:,f}美元，按{day}汇率{rate}元/美元折算（世界数据包 prices {row}）"
    return DealValue((worth * rate).quantize(Decimal("0.01")), {"en": en, "zh": zh})


def _cny_per_usd(on: Day) -> tuple[Decimal, str, str]:
    """The newest rate of a price row dated no later than a day, else the oldest; its row and its date."""
    table = open_pack("world").table("prices")
    rows = sorted(
        (date, name, rate)
        for date, name, rate in zip(table.text("date"), table.text("id"), table.text("fx_cny_per_usd"), strict=True)
        if rate
    )
    past = [row for row in rows if row[0] <= on.isoformat()]
    date, name, rate = past[-1] if past else rows[0]
    return Decimal(rate), name, date
