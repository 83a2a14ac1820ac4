"""Files to typed objects: pydantic's checks, our error texts, and the line of every error."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.data.textyaml import line_of

ModelT = TypeVar("ModelT", bound=BaseModel)
# What is expected and how to write it, by type of pydantic's error.
_EXPECTED = {
    **dict.fromkeys(
        ("model_type", "dict_type", "model_attributes_type"),
        ("expected keys with values", "write it as {key: value}"),
    ),
    "list_type": ("expected a list", "write it as [first, second]"),
    "string_type": ("expected one value", "write one value, without brackets"),
}


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise ValueError("expected true or false")


def _day(value: object) -> Day:
    if isinstance(value, Day):
        return value
    if not isinstance(value, str):
        raise ValueError("expected a date written as YYYY-MM-DD")
    return parse_day(value)


def _plain(value: str) -> str:
    if not value.strip():
        raise ValueError("expected text, found nothing")
    return value


FlagText = Annotated[bool, BeforeValidator(_flag)]
DayText = Annotated[Day, BeforeValidator(_day)]
Plain = Annotated[str, AfterValidator(_plain)]


class Strict(BaseModel):
    """A mapping in a file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Words(Strict):
    """One text in several languages; English is required."""

    en: str
    zh: str = ""
    ja: str = ""

    def as_dict(self) -> dict[str, str]:
        """Returns the text in each language it exists in."""
        return {lang: text for lang, text in (("en", self.en), ("zh", self.zh), ("ja", self.ja)) if text}


def parse_as(model: type[ModelT], value: object, *, name: str, faults: Faults) -> ModelT | None:
    """Returns `value` as a `model`, or None after adding every error with its line."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for entry in error.errors():
            _add(faults, entry, model, value, name)
        return None


def _add(faults: Faults, entry: ErrorDetails, model: type[BaseModel], value: object, name: str) -> None:
    path = tuple(entry["loc"])
    where = f"{name}:{line_of(value, path)}"
    dotted = ".".join(str(step) for step in path)
    if entry["type"] == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        what, near = f"unknown key {brief_value(path[-1])!r}", nearest(str(path[-1])[:80], known)
        faults.add("KEY-UNKNOWN", what, where=where, nearest=near, next="correct or remove it")
    elif entry["type"] == "missing":
        faults.add("KEY-MISSING", f"required key {dotted!r} is missing", where=where, next="add it")
    else:
        message, step = _EXPECTED.get(entry["type"], (str(entry["msg"]).removeprefix("Value error, "), ""))
        given = brief_value(entry.get("input", ""))
        faults.add("VALUE", f"{dotted}: {message}; found {given!r}", where=where, next=step or "correct the value")


def _keys_at(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    current: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str):
            fields = getattr(current, "model_fields", {})
            current = _model_in(fields[step].annotation) if step in fields else current
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
