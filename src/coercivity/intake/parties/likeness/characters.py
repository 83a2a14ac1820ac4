"""Similar Chinese names: a character changed, words left out or added, the same core, the same sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.intake.parties.index import Listed
from coercivity.intake.parties.likeness.edits import deletions, edits
from coercivity.intake.parties.likeness.parts import Parts
from coercivity.intake.parties.likeness.reasons import Likeness

LONG = 8  # characters of a name of which two may be changed
_LEAST = 2
_LEAST_CORE = 3
_LEAST_EDITED_CORE = 4
# A country, as it is put before the name of a foreign firm in Chinese.
_COUNTRY_NAMES = """
美国 美利坚 日本 日本国 台湾 台湾省 中国台湾 中国 德国 法国 英国 意大利 荷兰 比利时 西班牙 瑞典 挪威 芬兰 丹麦 瑞士
奥地利 捷克 波兰 立陶宛 拉脱维亚 爱沙尼亚 罗马尼亚 土耳其 加拿大 澳大利亚 新西兰 以色列 印度 韩国 新加坡 乌克兰
墨西哥 巴西
"""
_COUNTRIES = frozenset(_COUNTRY_NAMES.split())


class SignIndex:
    """Listed Chinese names by what remains when characters are removed, by prefixes, suffixes and cores."""

    def __init__(self, names: Iterable[tuple[Listed, Parts]]) -> None:
        self._entries = [(listed, parts) for listed, parts in names if parts.signs]
        self._by_rest: dict[str, list[int]] = {}
        self._by_part: dict[str, list[int]] = {}
        self._by_core: dict[str, list[int]] = {}
        self._by_edited_core: dict[str, list[int]] = {}
        for at, (_, parts) in enumerate(self._entries):
            signs, core = parts.signs, parts.core
            for rest in deletions(signs, _most(len(signs))):
                self._by_rest.setdefault(rest, []).append(at)
            for part in _ends(signs):
                self._by_part.setdefault(part, []).append(at)
            for whole in {signs, *([core] if len(core) >= _LEAST_CORE else [])}:
                self._by_core.setdefault(whole, []).append(at)
            if len(core) >= _LEAST_EDITED_CORE:
                for rest in deletions(core, 1):
                    self._by_edited_core.setdefault(rest, []).append(at)
        self._sizes = sorted({len(core) for core in self._by_core})

    def like(self, parts: Parts) -> Iterator[Likeness]:
        """Yields the listed names that a written one is similar to."""
        signs = parts.signs
        if parts.core or len(signs) > _LEAST_CORE:
            yield from self._edited(signs)
        for at in self._by_part.get(signs, ()):
            yield Likeness(self._entries[at][0], 800, ("words_left_out",))
        for at in self._by_core.get(parts.core, ()) if len(parts.core) >= _LEAST else ():
            yield Likeness(self._entries[at][0], 700, ("same_head",))
        yield from self._held(signs)
        if len(parts.core) >= _LEAST_EDITED_CORE:
            for at in {at for rest in deletions(parts.core, 1) for at in self._by_edited_core.get(rest, ())}:
                if edits(parts.core, self._entries[at][1].core, 1) <= 1:
                    yield Likeness(self._entries[at][0], 650, ("letters_differ", "same_head"))

    def _edited(self, signs: str) -> Iterator[Likeness]:
        most = _most(len(signs))
        for at in {at for rest in deletions(signs, most) for at in self._by_rest.get(rest, ())}:
            if edits(signs, self._entries[at][1].signs, most) <= most:
                yield Likeness(self._entries[at][0], 900, ("letters_differ",))

    def _held(self, signs: str) -> Iterator[Likeness]:
        """Yields names that contain a listed name, or its core, with more before or after it."""
        for size in self._sizes:
            for start in range(len(signs) - size + 1):
                for at in self._by_core.get(signs[start : start + size], ()):
                    listed, parts = self._entries[at]
                    named = signs[:start].removesuffix("的") in _COUNTRIES and signs[start:] == parts.signs
                    told = len(parts.core) >= _LEAST_CORE or (parts.core and size > _LEAST_CORE)
                    if start == 0 or named or told:
                        yield Likeness(listed, 750, ("words_added",))


def _most(size: int) -> int:
    return (size >= _LEAST) + (size >= LONG)


def _ends(signs: str) -> Iterator[str]:
    """Yields prefixes and long suffixes of a name."""
    for size in range(_LEAST, len(signs)):
        yield signs[:size]
        if size >= 4 and 2 * size >= len(signs):
            yield signs[-size:]
