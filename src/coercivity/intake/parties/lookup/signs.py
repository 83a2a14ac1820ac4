"""Listed Chinese names: candidates by a character changed, words left out or added, and the same core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.likeness.parts import Parts, cut, trades_in
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.lookup.rests import Rests

LONG = 8  # characters of a name of which two may be changed
_LEAST, _LEAST_EDITED = 2, 3
_LEAST_CORE = 3
_LEAST_EDITED_CORE = 4
_LEAST_WHOLE = 4  # characters of a name without a core that are enough to look for it in others
_MANY = 2_000  # listed names from which on two characters in common tell little
# A country, as it is put before the name of a foreign firm in Chinese.
_COUNTRY_NAMES = """
美国 美利坚 日本 日本国 台湾 台湾省 中国台湾 中国 德国 法国 英国 意大利 荷兰 比利时 西班牙 瑞典 挪威 芬兰 丹麦 瑞士
奥地利 捷克 波兰 立陶宛 拉脱维亚 爱沙尼亚 罗马尼亚 土耳其 加拿大 澳大利亚 新西兰 以色列 印度 韩国 新加坡 乌克兰
墨西哥 巴西 俄罗斯 越南 泰国 马来西亚
"""
_COUNTRIES = frozenset(_COUNTRY_NAMES.split())

_SLIPPED_FORMS = ("公司", "有限公司", "株式会社", "有限会社")


class SignIndex:
    """Listed Chinese names by what remains when characters are removed, by prefixes, suffixes and cores."""

    def __init__(self, names: Iterable[tuple[int, Parts]]) -> None:
        """Takes the listed names, each with its place in the lists."""
        self._names = [(at, parts) for at, parts in names]
        self._by_part: dict[str, list[int]] = {}
        self._by_core: dict[str, list[int]] = {}
        cores: dict[str, list[int]] = {}
        for n, (_, parts) in enumerate(self._names):
            signs, core = parts.signs, parts.core
            for part in {*_ends(signs), *_after_place(signs)}:
                self._by_part.setdefault(part, []).append(n)
            for whole in {signs, *([core] if len(core) >= _LEAST_CORE else [])}:
                self._by_core.setdefault(whole, []).append(n)
            if len(core) >= _LEAST_EDITED_CORE:
                cores.setdefault(core, []).append(n)
        self._sizes = sorted({len(core) for core in self._by_core})
        self._near_signs = Rests([parts.signs for _, parts in self._names], _LEAST_EDITED, LONG)
        self._cores, self._of_core = list(cores), list(cores.values())
        self._near_cores = Rests(self._cores, _LEAST_EDITED_CORE, 10_000)
        self._many = len(self._names) > _MANY
        self._like_signs: dict[str, list[int]] = {}
        self._like_cores: dict[str, list[int]] = {}

    def prepare(self, written: Sequence[Parts]) -> None:
        """Looks up the neighbours of many names at once.

        Args:
            written: Names that will be compared.
        """
        self._like_signs.clear()
        self._like_cores.clear()
        signs = list(dict.fromkeys(one.signs for one in written))
        self._like_signs.update(zip(signs, self._near_signs.near(signs), strict=True))
        cores = list(dict.fromkeys(one.core for one in written if len(one.core) >= _LEAST_EDITED_CORE))
        self._like_cores.update(zip(cores, self._near_cores.near(cores), strict=True))

    def like(self, written: Parts) -> Iterator[Likeness]:
        """Yields the listed names that a written one is similar to.

        Args:
            written: A name with Chinese characters, after `prepare`.
        """
        signs = written.signs
        if written.core or len(signs) > _LEAST_CORE:
            yield from self._edited(written)
        if written.core or len(signs) >= _LEAST_WHOLE:
            for n in self._by_part.get(signs, ()):
                yield Likeness(self._names[n][0], 800, ("words_left_out",))
        for n in self._by_core.get(written.core, ()) if len(written.core) >= _LEAST else ():
            if self._names[n][1].signs != signs and self._same_trade(written, self._names[n][1]):
                yield Likeness(self._names[n][0], 700, ("same_head",))
        for rest in _without_slipped_form(signs):
            for n in self._by_core.get(rest, ()):
                if self._names[n][1].signs == rest:
                    yield Likeness(self._names[n][0], 900, ("letters_differ",))
        yield from self._held(signs)
        for place in self._like_cores.get(written.core, ()):
            if OSA.distance(written.core, self._cores[place], score_cutoff=1) == 1:
                for n in self._of_core[place]:
                    yield Likeness(self._names[n][0], 650, ("same_head", "letters_differ"))

    def _edited(self, written: Parts) -> Iterator[Likeness]:
        for n in self._like_signs.get(written.signs, ()):
            at, listed = self._names[n]
            most = 1 if min(len(written.signs), len(listed.signs)) < LONG else 2
            differing = int(OSA.distance(written.signs, listed.signs, score_cutoff=most))
            if not 0 < differing <= most or _numbers(written.signs) != _numbers(listed.signs):
                continue
            if differing == 1 or 3 * OSA.distance(written.core, listed.core) <= len(listed.core):
                yield Likeness(at, 900, ("letters_differ",))

    def _held(self, signs: str) -> Iterator[Likeness]:
        """Yields names that contain a listed name, or its core, with more before or after it."""
        for size in self._sizes:
            for start in range(len(signs) - size + 1):
                for n in self._by_core.get(signs[start : start + size], ()):
                    at, listed = self._names[n]
                    if size == len(signs) and signs == listed.signs:
                        continue
                    named = signs[:start].removesuffix("的") in _COUNTRIES and signs[start:] == listed.signs
                    told = len(listed.core) >= _LEAST_CORE or (listed.core and size > _LEAST_CORE)
                    if (start == 0 and (told or not self._many)) or named or told:
                        yield Likeness(at, 750, ("words_added",))

    def _same_trade(self, written: Parts, listed: Parts) -> bool:
        """Returns whether two names with the same core may be one party: a short core needs the same trade as well."""
        if len(written.core) >= _LEAST_CORE or not self._many:
            return True
        trades = trades_in(listed.signs)
        return not trades or not trades.isdisjoint(trades_in(written.signs))


def _without_slipped_form(signs: str) -> Iterator[str]:
    """Yields a name without a company form whose signs are swapped, among themselves or with the sign before."""
    for form in _SLIPPED_FORMS:
        size = len(form)
        if sorted(signs[-size:]) == sorted(form):
            yield signs[:-size]
        tail = list(signs[-size - 1 :])
        for sign in form:
            if sign in tail:
                tail.remove(sign)
        if len(tail) == 1 and len(signs) > size + 1:
            yield signs[: -size - 1] + tail[0]


def _ends(signs: str) -> Iterator[str]:
    """Yields prefixes and long suffixes of a name."""
    for size in range(_LEAST, len(signs)):
        yield signs[:size]
        if size >= 4 and 2 * size >= len(signs):
            yield signs[-size:]


def _after_place(signs: str) -> Iterator[str]:
    """Yields the beginnings of a name without the place at its head."""
    first, common = next(cut(signs))
    rest = signs[len(first) :]
    if common and first.rstrip("市省县") in lexicon().place_signs:
        for size in range(_LEAST_WHOLE, len(rest)):
            yield rest[:size]


def _numbers(signs: str) -> str:
    return "".join(sign if sign.isdigit() else " " for sign in signs).strip() if not signs.isalpha() else ""
