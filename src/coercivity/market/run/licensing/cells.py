"""The cells of the licensing desk of a run: buckets of the network, and after them those of plants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coercivity.base.months import Month, middle_of
from coercivity.market.network.network import Network
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.cells import BucketName, Cells, Indices, cells_of, form_of
from coercivity.permission.gate import Way
from coercivity.practice.desk import DeskPractice

ASKED = {Way.LICENCE: 1, Way.DENIAL: 2}


def run_cells(network: Network, plants: PlantFiles, practice: DeskPractice, first: Month) -> Cells:
    """Returns the cells of a run.

    Args:
        network: The network, with the licence buckets of the run.
        plants: Files of plants; their usual applications count as so many times the size of a file.
        practice: The rows of practice.
        first: First month of the run.
    """
    table, on = load_buckets(), middle_of(first)
    orders = [(bucket.name, bucket.orders_t) for bucket in network.buckets]
    for name, usual in zip(plants.buckets, plants.usual_files, strict=True):
        good, _, region, user = name
        orders.append((name, usual * practice.value("file_size_t", form_of(good), table.country[region], user, on)))
    return cells_of(orders, table.members)


def asked_of(
    cells: Cells, names: Sequence[BucketName], ways: Mapping[BucketName, Way | None], others: Indices
) -> Indices:
    """Returns by cell 0 where no licence is needed, 1 where one is, 2 where denial is presumed.

    Args:
        cells: The cells of the buckets of the network and of those after them.
        names: The buckets of the network.
        ways: How the law treats them; None as without a licence.
        others: The same for the buckets after them.
    """
    found = [ASKED[way] if (way := ways[name]) in ASKED else 0 for name in names]
    return np.concatenate([np.array(found, dtype=np.int64), others])[cells.bucket_at]
