"""The tables of an outlook as data frames, the IAMC long table among them."""

from __future__ import annotations

from functools import partial

from coercivity.papers.outlook.iamc.rows import iamc_frame
from coercivity.papers.outlook.parquet_tables import tables_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared.tables.frames import Frames, frame_of_mappings

_FIRST = "prices"
IAMC = "iamc"


def outlook_frames(report: OutlookReport) -> Frames:
    """Returns the tables by the names of their files, prices first; empty ones are left out.

    Args:
        report: The report data of an outlook.
    """
    rows = tables_of(report)
    names = sorted(rows, key=lambda name: (name != _FIRST, name))
    return {**{name: partial(frame_of_mappings, rows[name]) for name in names}, IAMC: partial(iamc_frame, report)}
