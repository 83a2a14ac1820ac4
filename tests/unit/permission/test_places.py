"""Countries inside the regions of the market: shares add up to one, and every fault of the file is told."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.law.rules.load import law_folder
from coercivity.permission.buckets import load_buckets
from coercivity.practice.desk import Scope
from coercivity.practice.desk_tables import load_desk

PACKED = (law_folder().parent / "world" / "buckets.yaml").read_text(encoding="utf-8")


def faults_with(folder: Path, *changes: tuple[str, str]) -> tuple[Fault, ...]:
    text = PACKED
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "buckets.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        load_buckets(folder)
    return caught.value.faults


def test_shares_of_every_region_add_up_to_one_and_hold_its_country() -> None:
    table = load_buckets()
    assert set(table.members) == set(table.country)
    for region, members in table.members.items():
        assert math.isclose(sum(share for _, share in members), 1, abs_tol=1e-12), region
        assert table.country[region] in dict(members)
    assert table.members["JP"] == (("JP", 1.0),)
    assert {country for country, _ in table.members["NAM"]} == {"US", "MX", "CA"}


def test_a_country_belongs_to_one_region() -> None:
    codes = [country for members in load_buckets().members.values() for country, _ in members]
    assert len(codes) == len(set(codes))


def test_rows_on_the_european_union_reach_its_members_and_not_the_united_kingdom() -> None:
    desk, europe = load_desk(), load_buckets().members["EUR"]
    inside = {code for code, _ in europe if desk.fits(Scope(destination="EU"), "magnet", code, "civil")}
    assert {code for code, _ in europe} - inside == {"GB"}


def test_shares_rest_on_the_exports_of_2024() -> None:
    """TR034 against TR039 within what Canada leaves, and TR033 against TR038."""
    members = {code: share for places in load_buckets().members.values() for code, share in places}
    assert math.isclose(members["US"], 0.98 * 0.128 / (0.128 + 0.04), abs_tol=5e-4)
    assert math.isclose(members["DE"], 0.19 / (0.19 + 0.15), abs_tol=5e-4)


@pytest.mark.parametrize(
    ("old", "new", "said", "nearest"),
    [
        ("{country: MX, share: '0.233'", "{country: MX, share: '0.133'", "add up to 0.9, not 1", ""),
        ("{country: TH,", "{country: THA,", "'THA' not found", "TH"),
        ("{country: FR,", "{country: MX,", "MX is a member of NAM already", ""),
        ("{country: VN, share", "{country: ID, share", "VN represents SEA", ""),
        ("source: 'trade:TR034'", "source: 'trade:TR34'", "'trade:TR34' of US not found", "TR034"),
        ("source: 'trade:TR034'", "source: 'trades:TR034'", "'trades:TR034' of US not found", ""),
    ],
)
def test_a_fault_of_the_members_is_told(tmp_path: Path, old: str, new: str, said: str, nearest: str) -> None:
    (fault,) = faults_with(tmp_path, (old, new))
    assert fault.code == "BUCKET-MEMBERS"
    assert fault.where.startswith("buckets.yaml:")
    assert said in fault.what
    assert fault.next
    assert nearest in fault.nearest or not nearest


@pytest.mark.parametrize("share", ["0", "1.2", "-0.1", "a fifth"])
def test_a_share_that_is_none_is_told_with_its_line(tmp_path: Path, share: str) -> None:
    (fault,) = faults_with(tmp_path, ("{country: TH, share: '0.2'", f"{{country: TH, share: '{share}'"))
    assert fault.where.startswith("buckets.yaml:")
    assert "share" in fault.what


def test_all_faults_of_the_members_are_told_at_once(tmp_path: Path) -> None:
    found = faults_with(tmp_path, ("share: '0.233'", "share: '0.1'"), ("{country: TH,", "{country: THA,"))
    assert [fault.code for fault in found] == ["BUCKET-MEMBERS"] * 2
