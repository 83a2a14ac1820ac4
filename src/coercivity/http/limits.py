"""Limits on requests: origin, size, time and rate.

The server listens on loopback and has no user accounts. Pages of other sites in the same browser must not be able to
use it, so each request must name this host, and requests that change something must come from a page of this server.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coercivity.base.errors import Fault
from coercivity.base.sums import total
from coercivity.http.problems import problem
from coercivity.verbs.serving.problems import (
    BAD_REQUEST,
    BROKEN,
    HEADERS_TOO_LARGE,
    MISTAKE,
    TOO_LARGE,
    TOO_MANY,
    TOO_SLOW,
    RefusedError,
)

MIB = 2**20
MOST_HEAD_BYTES = 64 * 2**10  # of the address and all headers
ARRIVAL_S = 30.0  # time for a client to send a request; the time of the server to read it does not count
HEAD_S = "head_s"  # arrival time of the head of a request [s], set by the protocol
LONGEST_NUMBER = 18  # digits; longer sizes are too large in any case
CLOSED = {"connection": "close"}  # the rest of the request is not awaited
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "referrer-policy": "same-origin",  # with `no-referrer`, our own forms would send no origin
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on requests.

    Attributes:
        body_bytes: Maximum size of a body.
        upload_bytes: Maximum size of a body with files.
        requests_per_s: Sustained rate of requests per client [1/s].
        burst: Requests that may arrive at once.
        arrival_s: Time for a request to arrive [s]; in a stream of lines, for each line.
    """

    body_bytes: int = 2 * MIB
    upload_bytes: int = 512 * MIB
    requests_per_s: float = 10_000.0
    burst: int = 20_000
    arrival_s: float = ARRIVAL_S


BOUNDS = Bounds()


class _Allowance:
    """The request tokens of one client."""

    __slots__ = ("at_s", "tokens")

    def __init__(self, tokens: float, at_s: float) -> None:
        self.tokens, self.at_s = tokens, at_s


class Limits:
    """ASGI middleware that applies the limits."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: tuple[str, ...] = LOOPBACK,
        bounds: Bounds = BOUNDS,
        upload_paths: tuple[str, ...] = (),
        line_paths: tuple[str, ...] = (),
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app, self.hosts, self.bounds, self.now_s = app, hosts, bounds, now_s
        self.upload_paths, self.line_paths = upload_paths, line_paths
        self._buckets: dict[str, _Allowance] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sealed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                own = {name for name, _ in message.get("headers", ())}
                extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in own]
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        try:
            headers = Headers(scope=scope)
            self._check_origin(scope, headers)
            self._check_rate(scope)
            most = self.bounds.upload_bytes if scope["path"] in self.upload_paths else self.bounds.body_bytes
            timed = self._timed(receive, scope)
            await self.app(scope, _counted(timed, headers, most), sealed)
        except RefusedError as refusal:
            if begun:
                raise
            answer = problem(
                refusal.status,
                (refusal.fault,),
                instance=scope["path"],
                headers={**refusal.headers, **CLOSED},
            )
            await answer(scope, receive, sealed)
        except Exception as error:  # reported as an internal error, then raised for the server
            if not begun:
                await (await _own_mistake(scope, error))(scope, receive, sealed)
            raise

    def _timed(self, receive: Receive, scope: Scope) -> Receive:
        """A receiver with a time limit for the whole request, or for each line of a stream."""
        left_s, whole = self.bounds.arrival_s - scope.get("state", {}).get(HEAD_S, 0.0), False

        async def timed() -> Message:
            nonlocal left_s, whole
            if whole:  # the next message says that the client has disconnected
                return await receive()
            begun_s = time.monotonic()
            try:
                async with asyncio.timeout(max(0.0, left_s)):
                    message = await receive()
            except TimeoutError:
                raise too_slow(self.bounds.arrival_s) from None
            left_s -= time.monotonic() - begun_s
            if scope["path"] in self.line_paths and b"\n" in message.get("body", b""):
                left_s = self.bounds.arrival_s
            whole = not message.get("more_body", False)
            return message

        return timed

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        if total(len(name) + len(value) + 4 for name, value in headers.raw) > MOST_HEAD_BYTES:
            raise headers_too_large()
        names = headers.getlist("host")
        if len(names) > 1:
            what = "the request has more than one Host header"
            raise RefusedError(BAD_REQUEST, Fault("HTTP-HOST", what, next="send one Host header"))
        host = "".join(names)
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name not in self.hosts:
            what = f"the Host header must be {' or '.join(self.hosts)}"
            raise RefusedError(BAD_REQUEST, Fault("HTTP-HOST", what, next="use the address that `serve` printed"))
        if scope["method"] in SAFE_METHODS:
            return
        origin = headers.get("origin")
        foreign = origin is not None and _host_of(origin) != host
        if foreign or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            what = "the request comes from a page of another site, which is not allowed"
            raise RefusedError(
                403, Fault("HTTP-ORIGIN", what, next="send it from a page of this server, or from a program")
            )

    def _check_rate(self, scope: Scope) -> None:
        client, now = (scope.get("client") or ("",))[0], self.now_s()
        bucket = self._buckets.get(client)
        if bucket is None:
            if len(self._buckets) > 1024:
                self._buckets.clear()
            bucket = self._buckets[client] = _Allowance(self.bounds.burst, now)
        grown = bucket.tokens + (now - bucket.at_s) * self.bounds.requests_per_s
        bucket.tokens, bucket.at_s = min(grown, self.bounds.burst), now
        if bucket.tokens < 1:
            what = f"more than {self.bounds.requests_per_s:g} requests a second"
            raise RefusedError(TOO_MANY, Fault("HTTP-RATE", what, next="try again in a second"), {"retry-after": "1"})
        bucket.tokens -= 1


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # e.g. a single bracket
        return ""


async def _own_mistake(scope: Scope, error: Exception) -> Response:
    """The response to an internal error, made here so that it gets the same headers as all others."""
    told = scope["app"].exception_handlers.get(Exception) if "app" in scope else None
    if told is None:
        return problem(BROKEN, (MISTAKE,), instance=scope["path"])
    answer: Response = await told(Request(scope), error)
    return answer


def _counted(receive: Receive, headers: Headers, most: int) -> Receive:
    """A receiver that refuses a body over the size limit, whether or not its size was announced."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > LONGEST_NUMBER or int(announced) > most):
        raise _too_large(most)
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise _too_large(most)
        return message

    return counted


def headers_too_large() -> RefusedError:
    """Returns the refusal of a request with too long an address or headers."""
    what = f"address and headers are longer than {MOST_HEAD_BYTES // 1024} KiB"
    return RefusedError(
        HEADERS_TOO_LARGE,
        Fault("HTTP-HEADERS", what, next="send shorter headers, or send the content in the body"),
        CLOSED,
    )


def too_slow(limit_s: float) -> RefusedError:
    """Returns the refusal of a request that does not arrive in time."""
    what = f"the request did not arrive within {limit_s:g} s"
    return RefusedError(TOO_SLOW, Fault("HTTP-TIME", what, next="send the whole request at once"), CLOSED)


def _too_large(most: int) -> RefusedError:
    what = f"the body is larger than {most // MIB:,} MiB"
    step = "send less, or use the command line, which has no size limit"
    return RefusedError(TOO_LARGE, Fault("HTTP-SIZE", what, next=step), CLOSED)
