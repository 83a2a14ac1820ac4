"""Names of the stages that the program knows, in English and Chinese, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from coercivity.data.textyaml import TextMap, load_text
from coercivity.workbooks.spec import folded


@lru_cache(maxsize=1)
def stage_names() -> Mapping[str, Mapping[str, str]]:
    """Returns the names of the known stages in both languages by their kind."""
    return {kind: {"en": each["names"]["en"], "zh": each["names"]["zh"]} for kind, each in _table().items()}


def stage_kind(name: str) -> str:
    """Returns the kind of a stage by any of its names, or empty text for a stage of the user's own."""
    return _kinds().get(folded(name), "")


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    return {
        folded(name): kind
        for kind, each in _table().items()
        for name in (kind, *each["names"].values(), *each.get("also", ()))
    }


@lru_cache(maxsize=1)
def _table() -> TextMap:
    name = "stages.yaml"
    found = load_text(files(__package__).joinpath("words", name).read_text(encoding="utf-8"), name=name)
    assert isinstance(found, TextMap)
    return found
