"""The executor of a Dask scheduler, for commands that can run on several computers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

from coercivity.base.errors import Argument, CoercivityError, Fault

_SCHEDULER = Argument("scheduler")


@contextmanager
def cluster(
    address: str | None, others: Callable[[], Sequence[Fault]] = tuple
) -> Iterator[tuple[Executor | None, int | None]]:
    """Yields the executor of a Dask scheduler and its number of workers; twice None without an address.

    Args:
        address: Address of the scheduler.
        others: Returns the errors in the other arguments, to be told together with one in this one.

    Raises:
        CoercivityError: If Dask is not installed, or no scheduler responds.
    """
    if address is None:
        yield None, None
        return
    try:
        from distributed import Client
    except ImportError:
        what = "it requires the extra `cluster`, which is not installed"
        step = "run `pip install '.[cluster]'` in the folder of the source code"
        raise CoercivityError([*others(), Fault("ARGUMENT", what, _SCHEDULER, next=step)]) from None
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call] # it comes without types
    except (OSError, ValueError, TypeError) as error:
        what = f"no Dask scheduler responds at {address[:80]!r}: {type(error).__name__}"
        step = "start one with `dask scheduler`, or omit it"
        raise CoercivityError([*others(), Fault("ARGUMENT", what, _SCHEDULER, next=step)]) from None
    with client:
        count = len(client.scheduler_info()["workers"])
        executor = client.get_executor(retries=3, pure=False)  # type: ignore[no-untyped-call] # nor has this
        yield executor, max(count, 1)
