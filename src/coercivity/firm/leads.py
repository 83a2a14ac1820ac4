"""Lead times of documents and hand-over from the market data set; all of them are assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from coercivity.data.packs import open_pack
from coercivity.firm.draws import DRAWS, triangular_days, uniform

if TYPE_CHECKING:
    from coercivity.firm.draws import Days

_NAMES: dict[str, dict[str, str]] = {
    "end_user": {"en": "end-user and end-use certificate, signed abroad", "zh": "境外签署的最终用户和最终用途证明"},
    "description": {"en": "technical description and test report", "zh": "技术说明和检测报告"},
    "contract": {"en": "contract and translation", "zh": "合同及其译文"},
    "company": {"en": "company documents of exporter and importer", "zh": "进出口双方的主体资料"},
    "filing": {"en": "online filing to acceptance", "zh": "网上提交至受理"},
    "questions": {"en": "reply to one round of MOFCOM questions", "zh": "答复一轮补正或询问"},
    "technology": {"en": "letter of intent, technical description, flow sheets", "zh": "意向书申请、技术说明和流程图"},
    "handover": {"en": "documents to the customs broker", "zh": "交付报关行"},
    "registration": {"en": "registration certificate, first time", "zh": "首次办理经营者登记"},
}


@dataclass(frozen=True, slots=True)
class LeadTime:
    """A lead time with its range.

    Attributes:
        row: Row of the table `assumptions` of the market data set.
        low: Least [working days].
        value: Most likely [working days].
        high: Most [working days].
    """

    id: str
    row: str
    name: Mapping[str, str]
    low: Decimal
    value: Decimal
    high: Decimal
    quality: str
    reason: str

    def draw(self, *key: str, draws: int = DRAWS) -> Days:
        """Returns whole working days by seed, from a triangular distribution over the range."""
        share = uniform(*key, self.id, draws=draws)
        return triangular_days(share, float(self.low), float(self.value), float(self.high))


@lru_cache(maxsize=1)
def lead_times() -> Mapping[str, LeadTime]:
    """Returns the lead times by name: end_user, description, contract, company, filing, and so on."""
    pack = open_pack("world")
    table = pack.table("assumptions")
    names = ("id", "value", "low", "high", "quality", "reason")
    columns = [table.text(name) for name in names]
    rows = {cells[0]: cells[1:] for cells in zip(*columns, strict=True)}
    found = {}
    for word, name in _NAMES.items():
        row = pack.assumption_rows[f"lead_time_{word}"]
        value, low, high, quality, reason = rows[row]
        found[word] = LeadTime(word, row, name, Decimal(low), Decimal(value), Decimal(high), quality, reason)
    return found
