"""Answers that a server keeps for a while; the same question asked by several at once is computed once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

from coercivity.cases.arguments import Law
from coercivity.data.input import Content

MOST_KEPT = 32
Key = tuple[object, ...]
T = TypeVar("T")


class Latest(Generic[T]):
    """The latest answers, so that a page or a download does not compute again what the page before had.

    Args:
        most: How many are kept.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._held: OrderedDict[Key, T] = OrderedDict()
        self._making: dict[Key, Future[T]] = {}
        self._lock = Lock()

    def found(self, key: Key | None, make: Callable[[], T]) -> T:
        """Returns an answer, made only if it is neither kept nor being made by another thread, which is waited for.

        Args:
            key: What tells the answer from others; None: it is not kept.
            make: Makes it; what it raises is raised in every thread that waits for it.
        """
        if key is None:
            return make()
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            other = self._making.get(key)
            mine = self._making.setdefault(key, Future[T]())
        if other is not None:
            return other.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._making[key]
            mine.set_exception(error)
            raise
        with self._lock:
            del self._making[key]
            self._held[key] = made
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        mine.set_result(made)
        return made


def content_key(source: Content) -> Key:
    """Returns what tells a workbook from others: what it is read as, its name in messages, and its content."""
    return (source.name, sha256(source.content).hexdigest())


def law_key(law: Law) -> Key | None:
    """Returns what tells a rulebook from others, the user's own files by their content; None with a folder of rules."""
    if law.pack is not None:
        return None
    files = (*law.overlays, law.calendar, *law.lists, law.judgements, law.ownership, *law.words)
    try:
        read = tuple(one.content if isinstance(one, Content) else one.read_bytes() for one in files if one is not None)
    except OSError:  # told when the law is read
        return None
    given = tuple(one is not None for one in files), len(law.overlays), len(law.lists)
    return (tuple(map(str, law.assume_holidays)), given, tuple(sha256(content).hexdigest() for content in read))
