"""Groups of market flows and acts at plants as deals to be decided; the assumed facts are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from coercivity.base.errors import Faults, nearest
from coercivity.cases.gather import Standing, gather
from coercivity.data.packs import open_pack
from coercivity.data.schema import Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.list_search import EACH_DAY
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.rulebook import Rulebook
from coercivity.permission.places import Place, check_members

CHINA = "CN"
MIXED, CHINESE, OTHER = "mixed", "china", "free"
TAGS = (MIXED, CHINESE, OTHER)
Facts = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A flow the law treats alike.

    Attributes:
        good: A good of the model, such as `mag_high`.
        origin: Region of export.
        destination: Region of import.
        user: `civil` or `military`.
        tag: For exports from outside China: `mixed` is made there from Chinese inputs, `china` is a Chinese good
            re-exported, `free` has no Chinese content.
    """

    good: str
    origin: str
    destination: str
    user: str = "civil"
    tag: str = MIXED


@dataclass(frozen=True, slots=True)
class PlantAct:
    """A supply from a Chinese supplier to a plant abroad.

    Attributes:
        act: `technology`, `service`, `assistance` or `equipment`.
        region: Region of the plant.
        stage: Stage of the model, such as `magnet`.
    """

    act: str
    region: str
    stage: str


class GoodFacts(Strict):
    """Facts of a good; `input_value_share` is a range, for magnets only."""

    good: Plain
    facts: Facts
    input_value_share: list[Plain] = []
    reason: Plain


class UserFacts(Strict):
    """Compliance declarations of one kind of end user."""

    user: Plain
    said_by: Plain
    facts: Facts


class PlantFacts(Strict):
    """Facts of a plant of one stage, and of a controlled machine it needs."""

    stage: Plain
    facts: Facts
    machine: Facts


class ActFacts(Strict):
    """Facts of one kind of act at a plant, and the place from which it is done."""

    act: Plain
    facts: Facts
    place: Literal["china", "plant"]


class BucketFacts(Strict):
    """The table of assumed facts."""

    about: Plain
    places: list[Place]
    goods: list[GoodFacts]
    users: list[UserFacts]
    standing: Facts
    plants: list[PlantFacts]
    acts: list[ActFacts]

    @cached_property
    def country(self) -> Mapping[str, str]:
        """The country that represents each region."""
        return {place.region: place.country for place in self.places}

    @cached_property
    def members(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """Countries of each region with their shares of its imports from China; the shares add up to 1."""
        return {place.region: place.shares for place in self.places}

    @cached_property
    def stands_for(self) -> Mapping[str, Words]:
        """What a country stands for where it is one of several places with one code."""
        named = [place for place in self.places if place.stands_for is not None]
        found = {place.country: place.stands_for for place in named}
        found |= {m.country: m.stands_for for place in self.places for m in place.members if m.stands_for is not None}
        return {country: words for country, words in found.items() if words is not None}

    @cached_property
    def good(self) -> Mapping[str, GoodFacts]:
        """Facts of each good, including the magnet shares of the base year."""
        shares = _magnet_shares()
        return {
            entry.good: entry.model_copy(update={"facts": {**entry.facts, **shares.get(entry.good, {})}})
            for entry in self.goods
        }

    @cached_property
    def user(self) -> Mapping[str, UserFacts]:
        """Declarations of each kind of end user."""
        return {entry.user: entry for entry in self.users}

    @cached_property
    def plant(self) -> Mapping[str, PlantFacts]:
        """Facts of the plants of each stage."""
        return {entry.stage: entry for entry in self.plants}

    @cached_property
    def act(self) -> Mapping[str, ActFacts]:
        """Facts of each kind of act."""
        return {entry.act: entry for entry in self.acts}

    def must_hold(self, **names: str) -> None:
        """Refuses names that are not in the model.

        Args:
            names: Names by kind: good, region, user, tag, act, stage; a trailing digit distinguishes two of a kind.

        Raises:
            CoercivityError: With every name not in the model; the nearest names are listed.
        """
        pools: Mapping[str, Iterable[str]] = {
            "good": self.good,
            "region": self.country,
            "user": self.user,
            "tag": TAGS,
            "act": self.act,
            "stage": self.plant,
        }
        faults = Faults()
        for key, name in names.items():
            what = key.rstrip("0123456789")
            if name not in pools[what]:
                close = nearest(name, pools[what])
                faults.add("BUCKET", f"{what} {name[:60]!r} not found in the model", where=what, nearest=close)
        faults.raise_if_any()


@lru_cache(maxsize=4)
def load_buckets(folder: Path | None = None) -> BucketFacts:
    """Returns the table of facts assumed for buckets.

    Args:
        folder: Folder of the world pack; by default the built-in one.

    Raises:
        CoercivityError: With all faults of the file.
    """
    name, faults = "buckets.yaml", Faults()
    path = (folder or law_folder().parent / "world") / name
    raw = load_file(path)
    table = parse_as(BucketFacts, raw, name=name, faults=faults)
    if table is not None:
        check_members(table.places, raw, name, faults)
    faults.raise_if_any()
    assert table is not None
    return table


@lru_cache(maxsize=1)
def _magnet_shares() -> Mapping[str, Mapping[str, str]]:
    """Returns the mass shares of dysprosium and terbium of the magnet grades in the base year."""
    names = {"Dy": "dy_mass_share", "Tb": "tb_mass_share"}
    table, found = open_pack("world").table("base_year"), dict[str, dict[str, str]]()
    columns = (table.text(name) for name in ("section", "good", "element", "value"))
    for section, good, element, value in zip(*columns, strict=True):
        if section == "grade_content" and element in names:
            found.setdefault(good, {})[names[element]] = value
    return found


@lru_cache(maxsize=1)
def process_stages() -> Mapping[str, str]:
    """Returns the legal stage of each plant stage of the model that has one."""
    table = open_pack("world").table("stages")
    columns = (table.text(name) for name in ("table", "label", "law_process_stage"))
    rows = ((label, stage) for name, label, stage in zip(*columns, strict=True) if name == "model" and stage)
    return dict(rows)


def asks(bucket: Bucket) -> bool:
    """Returns whether export control law is relevant: not for imports into China, nor within one region."""
    return bucket.destination not in (CHINA, bucket.origin)


def bucket_facts(bucket: Bucket) -> Facts:
    """Returns the facts of a bucket as text by fact name, without the compliance declarations.

    Raises:
        CoercivityError: If good, region, user or tag is not in the model; the nearest names are listed.

    Source: docs/permission.md; MOFCOM/GAC 18/2025 for exports; MOFCOM 61/2025, Article 1, for goods made abroad.
    """
    table = load_buckets()
    table.must_hold(
        good=bucket.good, region1=bucket.origin, region2=bucket.destination, user=bucket.user, tag=bucket.tag
    )
    good, start, end = table.good[bucket.good], table.country[bucket.origin], table.country[bucket.destination]
    facts = {**good.facts, "from": start, "to": end, "exporter_nationality": start, "exporter_place": start}
    facts["recipient_nationality"] = end
    if bucket.origin == CHINA:
        return {**facts, "act": "goods", "origin": CHINA}
    facts |= {"act": "reexport", "technology_origin": "other", "origin": CHINA if bucket.tag == CHINESE else start}
    if good.input_value_share:
        shares = {MIXED: good.input_value_share, CHINESE: ["1", "1"], OTHER: ["0", "0"]}
        facts["chinese_input_value_share"] = shares[bucket.tag]
    return facts


def deal(book: Rulebook, bucket: Bucket, *, ordinary_held: bool = False) -> Deal:
    """Returns a bucket as the deal to be decided.

    Args:
        book: The rulebook, for its catalogue of facts.
        bucket: The flow.
        ordinary_held: Whether the exporter has the export licence of the annual catalogue, so only controls matter.

    Raises:
        CoercivityError: If good, region, user or tag is not in the model.
    """
    facts = bucket_facts(bucket)
    if bucket.origin == CHINA and facts["form"] in ("oxide", "metal"):
        facts["ordinary_licence_held"] = "true" if ordinary_held else "unknown"
    return _gathered(book, facts, user=bucket.user, knowledge="none", where=f"bucket {bucket.good}")


def plant_facts(asked: PlantAct) -> Facts:
    """Returns the facts of an act at a plant as text by fact name, without the compliance declarations.

    Raises:
        CoercivityError: If act, region or stage is not in the model; the nearest names are listed.

    Source: docs/permission.md; MOFCOM 62/2025, Articles 1 and 7; MOFCOM/GAC 56/2025.
    """
    table = load_buckets()
    table.must_hold(act=asked.act, region=asked.region, stage=asked.stage)
    act, plant, there = table.act[asked.act], table.plant[asked.stage], table.country[asked.region]
    start, stage = CHINA if act.place == "china" else there, process_stages()[asked.stage]
    facts = {**act.facts, "from": start, "to": there, "exporter_nationality": CHINA, "exporter_place": start}
    facts |= {"recipient_nationality": there, "serves_stage": stage, "activity_place": there}
    if asked.act == "equipment":
        return {**facts, **plant.machine, "origin": CHINA}
    return {**facts, **plant.facts, "process_stage": stage}


def plant_deal(book: Rulebook, asked: PlantAct) -> Deal:
    """Returns an act at a plant as the deal to be decided; the supplier knows the purpose.

    Raises:
        CoercivityError: If act, region or stage is not in the model.

    Source: MOFCOM 62/2025, Article 1, on knowledge.
    """
    return _gathered(book, plant_facts(asked), user="civil", knowledge="knows", where=f"plant {asked.stage}")


def _gathered(book: Rulebook, facts: Facts, *, user: str, knowledge: str, where: str) -> Deal:
    table, faults = load_buckets(), Faults()
    answers = table.user[user]
    # The model decides knowledge and risk flow by flow, so a military user does not contradict them.
    facts = {"knowledge": knowledge, "security_risk": table.standing["security_risk"], **facts}
    standing = Standing(answers.said_by, {**table.standing, **answers.facts}, said_on=EACH_DAY)
    found = gather(book, facts, standing=standing, where=where, faults=faults)
    faults.raise_if_any()
    return found
