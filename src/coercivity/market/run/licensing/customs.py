"""Customs holds: magnets that are not controlled but look so leave China later."""

from __future__ import annotations

import math
from collections.abc import Mapping

from coercivity.base.days import ONE_DAY
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import Activity, Network
from coercivity.market.program.build import AT_ONCE, Kernel
from coercivity.permission.desk.cells import BucketName, Members, form_of
from coercivity.permission.desk.from_practice import DAYS_A_MONTH, nearest_rows, parts_of
from coercivity.permission.gate import Gate, Way
from coercivity.practice.desk import DeskPractice


class CustomsHolds:
    """Which shipments customs hold in a month, and for how long.

    A shipment is withheld if it needs no licence while other goods of its form to the same region do.

    Source: equation 62 of docs/market.md.
    """

    def __init__(self, network: Network, practice: DeskPractice, members: Members) -> None:
        """Prepares the shipments that customs may hold.

        Args:
            network: The network.
            practice: The rows of practice.
            members: Countries by region, each with its share.
        """
        off = "customs_hold" in practice.off
        self._practice, self._members = practice, members
        self._ships = [] if off else [a for a in network.activities if _from_china(a)]
        self._kernels: dict[tuple[str, str, Month], Kernel] = {}

    def __call__(self, month: Month, gates: Mapping[BucketName, Gate]) -> dict[tuple[str, ...], Kernel]:
        """Returns the shipments held, each with the share that leaves 0, 1, ... months later.

        Args:
            month: The month.
            gates: What the law says in it, by bucket.
        """
        controlled = {
            (form_of(good), region)
            for (good, origin, region, user), gate in gates.items()
            if origin == CHINA and user == "civil" and not gate.free
        }
        found = {}
        for ship in self._ships:
            good, _, region = ship.key[:3]
            form = form_of(good)
            if (form, region) not in controlled or not gates[good, CHINA, region, "civil"].free:
                continue
            kernel = self._kernel(form, region, month)
            if kernel != AT_ONCE:
                found[ship.name] = kernel
        return found

    def _kernel(self, form: str, region: str, month: Month) -> Kernel:
        key = (form, region, month)
        if key not in self._kernels:
            self._kernels[key] = self._made(form, region, month)
        return self._kernels[key]

    def _made(self, form: str, region: str, month: Month) -> Kernel:
        late: dict[int, float] = {}
        for country, share in self._members[region]:
            for later, held in held_by_months(self._practice, form, country, month).items():
                late[later] = late.get(later, 0.0) + share * held
        if not total(late.values()):
            return AT_ONCE
        shares = [late.get(later, 0.0) for later in range(max(late) + 1)]
        return (1.0 - total(shares[1:]), *shares[1:])


def held_by_months(practice: DeskPractice, form: str, country: str, month: Month) -> dict[int, float]:
    """Returns the share of civil shipments of a month that leaves some months later, by months.

    On each day the nearest rows count; the others are not added.

    Args:
        practice: The rows of practice.
        form: Form of the goods.
        country: ISO 3166 alpha-2 code of the destination.
        month: The month.
    """
    fitting = [hold for hold in practice.holds if practice.fits(hold.scope, form, country, "civil")]
    turns = [hold.begins_on for hold in fitting]
    turns += [hold.ends_on + ONE_DAY for hold in fitting if hold.ends_on is not None]
    late: dict[int, float] = {}
    for day, days in parts_of(month, turns):
        for hold in nearest_rows(practice, [hold for hold in fitting if hold.holds(day)]):
            whole, part = divmod(hold.days / DAYS_A_MONTH, 1.0)
            for later, weight in ((math.floor(whole), 1.0 - part), (math.floor(whole) + 1, part)):
                late[later] = late.get(later, 0.0) + hold.share * days * weight
    return late


def _from_china(activity: Activity) -> bool:
    passage = activity.passage
    return (
        activity.kind == "ship" and activity.key[1] == CHINA and passage is not None and passage.way is Way.FREE
    ) and passage.user == "civil"
