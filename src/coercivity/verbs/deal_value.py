"""The value of a deal in yuan, from its quantity and price as entered: the base of a fine."""

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
    """The value of a deal.

    Attributes:
        cny: Quantity times price [CNY].
        told: How it was computed, with the exchange rate and its data row.
    """

    cny: Decimal
    told: dict[str, str]


def deal_value(cells: Mapping[str, str], on: Day) -> DealValue | None:
    """Returns the value of a deal, or None if quantity, price and currency do not give one.

    The price is per unit of quantity. Dollars are converted into yuan at the newest rate that the price rows
    of the market data set were read with; other currencies are not converted.

    Args:
        cells: Text by role.
        on: Transaction date.
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
        return DealValue(worth, {"en": "quantity times unit price", "zh": "数量乘以单价"})
    if currency != USD:
        return None
    rate, row, day = _cny_per_usd(on)
    en = f"USD {worth:,f} at CNY {rate} per dollar, the rate of {day} (market data set, table prices, row {row})"
    zh = f"{worth:,f}美元，按{day}汇率1美元兑{rate}元人民币折算（市场数据集“价格”表第{row}行）"
    return DealValue((worth * rate).quantize(Decimal("0.01")), {"en": en, "zh": zh})


def _cny_per_usd(on: Day) -> tuple[Decimal, str, str]:
    """Returns the newest rate of a price row up to a date, else the oldest, with its row and date."""
    table = open_pack("world").table("prices")
    rows = sorted(
        (date, name, rate)
        for date, name, rate in zip(table.text("date"), table.text("id"), table.text("fx_cny_per_usd"), strict=True)
        if rate
    )
    past = [row for row in rows if row[0] <= on.isoformat()]
    date, name, rate = past[-1] if past else rows[0]
    return Decimal(rate), name, date
