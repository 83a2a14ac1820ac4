"""Files of plants abroad for know-how and services from China, in queues of their own beside those for goods."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coercivity.base.months import Month
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.run.industry.plants import ASKS_AT, YEAR, Plant
from coercivity.market.run.law import PlantLawSeen
from coercivity.permission.desk.cells import BucketName, Floats, Indices
from coercivity.permission.gate import Way
from coercivity.practice.desk import Form

# Equipment is no form of the desk: no practice was reported of licences for machines.
ACTS: tuple[tuple[Form, tuple[str, ...]], ...] = (
    ("technology", ("technology",)),
    ("service", ("service", "assistance")),
)


class PlantFiles:
    """What plants that depend on Chinese know-how or staff file in a month: one application a year for each act.

    Attributes:
        buckets: Form, China, region and user of each queue.
        usual_files: Applications of a month if every act needs a licence, by bucket [files].
    """

    def __init__(self, plants: Sequence[Plant], law: PlantLawSeen) -> None:
        """Gathers the plants by region.

        Args:
            plants: The plants of the run.
            law: Control status of an act at a plant.
        """
        self._law = law
        self._plants: dict[BucketName, list[tuple[str, str]]] = {}
        for form, acts in ACTS:
            for plant in plants:
                if plant.dependence >= ASKS_AT:
                    entries = self._plants.setdefault((form, CHINA, plant.region, "civil"), [])
                    entries += [(act, plant.stage) for act in acts]
        self.buckets: tuple[BucketName, ...] = tuple(sorted(self._plants))
        self.usual_files: tuple[float, ...] = tuple(len(self._plants[name]) / YEAR for name in self.buckets)

    def filed(self, month: Month) -> tuple[Floats, Indices]:
        """Returns the applications of a month by bucket [files], and how each bucket is treated.

        Args:
            month: The month.

        Returns:
            Files, and by bucket 0 where no licence is needed, 1 where one is, 2 where denial is presumed.
        """
        files, asked = np.zeros(len(self.buckets)), np.zeros(len(self.buckets), dtype=np.int64)
        for place, name in enumerate(self.buckets):
            ways = [self._law(month, act, name[2], stage, month)[0].passes for act, stage in self._plants[name]]
            licensed, denied = ways.count(Way.LICENCE), ways.count(Way.DENIAL)
            files[place] = (licensed + denied) / YEAR
            asked[place] = 1 if licensed else 2 if denied else 0
        return files, asked
