"""Limits on the head of a request: time and size, before the application sees it."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from coercivity.base.errors import Fault
from coercivity.http.limits import ARRIVAL_S, HEAD_S, HEADERS, MOST_HEAD_BYTES, headers_too_large, too_slow
from coercivity.http.problems import problem
from coercivity.verbs.serving.problems import BAD_REQUEST, RefusedError

FORM = "not a valid HTTP/1.1 request"


class BoundedProtocol(HttpToolsProtocol):
    """The protocol of the server, with limits on the head of a request and on an unread body."""

    arrival_s = ARRIVAL_S

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._in_head, self._begun_at, self._head_bytes = True, 0.0, 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the class above
        """Waits for a request, with a time limit."""
        super().connection_made(transport)
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Removes the deadline."""
        self._unset_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Receives bytes of a request and counts those of its head."""
        if self._in_head and not self._head_bytes:
            self._begun_at = self.loop.time()
            self._set_deadline()
        self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            self._refuse(headers_too_large())

    def on_headers_complete(self) -> None:
        """Passes the request on, with the arrival time of its head."""
        self._unset_deadline()
        self._in_head, self._head_bytes = False, 0
        self.scope["state"][HEAD_S] = self.loop.time() - self._begun_at
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Prepares for the next request."""
        self._unset_deadline()
        self._in_head, self._head_bytes, self._begun_at = True, 0, self.loop.time()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Sets a deadline for the rest of a body that the application did not read."""
        super().on_response_complete()
        if not self._in_head:
            self._set_deadline()

    def send_400_response(self, msg: str) -> None:
        """Refuses data that is not a valid request."""
        next_step = "use a browser or an HTTP client"
        self._refuse(RefusedError(BAD_REQUEST, Fault("HTTP-REQUEST", FORM, next=next_step)))

    def _refuse(self, refusal: RefusedError) -> None:
        """Sends a refusal unless a response is already being sent, then closes the connection."""
        if self.transport.is_closing():
            return
        before: Any = self.cycle  # None for the first request of a connection
        if before is None or before.response_complete:
            answer = problem(refusal.status, (refusal.fault,), headers={**HEADERS, "connection": "close"})
            head = b"".join(b"%s: %s\r\n" % pair for pair in answer.raw_headers)
            self.transport.write(STATUS_LINE[refusal.status] + head + b"\r\n" + bytes(answer.body))
        self.transport.close()

    def _set_deadline(self) -> None:
        self._unset_deadline()
        self._deadline = self.loop.call_later(self.arrival_s, self._expire)

    def _unset_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _expire(self) -> None:
        self._deadline = None
        if self._in_head and self._head_bytes:
            self._refuse(too_slow(self.arrival_s))
        else:  # nothing arrived, or the rest of the body is not needed
            self.transport.close()
