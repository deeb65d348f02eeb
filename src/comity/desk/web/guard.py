"""What stands between the network and the pages: Host, Origin, session, CSRF token, sizes, times, headers.

A pure ASGI middleware, so that nothing reaches a page unchecked and nothing leaves without its policy.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.desk.web.sessions import Session, Sessions, same

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # "no-referrer" would make browsers send "Origin: null" with our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
CSRF_HEADER, CSRF_FIELD = "x-comity-csrf", "csrf"

FORM_LIMIT = 4 * 1024 * 1024
UPLOAD_LIMIT = 512 * 1024 * 1024
"""Bytes of a form, and of files dropped at once."""
BODY_WAIT = 30.0
"""Seconds without a byte after which a request that is being sent is given up."""
ANSWER_WAIT = 120.0
"""Seconds after which a page that has not begun to answer is given up."""


class _Refused(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Guard:
    """Lets through what comes from this machine's own pages, and nothing else.

    `hosts` are the only values of the Host header that are answered, such as ``127.0.0.1:8750``.
    """

    def __init__(
        self,
        app: ASGIApp,
        sessions: Sessions,
        hosts: Collection[str],
        *,
        upload_limit: int = UPLOAD_LIMIT,
        body_wait: float = BODY_WAIT,
        answer_wait: float = ANSWER_WAIT,
    ) -> None:
        self.app, self.sessions, self.hosts = app, sessions, frozenset(hosts)
        self.upload_limit, self.body_wait, self.answer_wait = upload_limit, body_wait, answer_wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no web sockets here
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
            await send(message)

        try:
            token = self._admitted(scope)
            if token is not None:
                await self._exchange(scope, token, sent)
                return
            taking = _Body(receive, scope, self._limit(scope), self.body_wait)
            await self._check_csrf(scope, taking)
            async with asyncio.timeout(self.answer_wait) as clock:
                await self.app(scope, taking, _stopping(sent, clock, taking))
        except _Refused as refused:
            if not begun:
                await _say(sent, refused.status, refused.why)
        except TimeoutError:
            if not begun:
                await _say(sent, 503, f"No answer within {self.answer_wait:g} seconds. Try again later.")

    # what is admitted

    def _admitted(self, scope: Scope) -> str | None:
        """Checks host, origin and session, and puts the session into the scope; the token if one is to be exchanged."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            raise _Refused(403, "This desk answers only at the address that it printed.")
        for origin in headers.getlist("origin"):
            if origin.lower() != f"http://{hosts[0].lower()}":
                raise _Refused(403, "A request from another page is not answered.")
        if scope["method"] not in SAFE and headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise _Refused(403, "A request from another page is not answered.")
        session = self._session(headers)
        if scope["path"] == "/" and scope["method"] == "GET":
            tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
            if tokens:  # spent even by a browser that is known: an address works once
                return str(tokens[0])
        if session is None:
            raise _Refused(403, "This browser is not known here: open the address that `comity serve` printed.")
        scope.setdefault("state", {})["session"] = session
        return None

    def _session(self, headers: Headers) -> Session | None:
        try:
            cookie = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return None
        return self.sessions.find(cookie[name].value if (name := self.sessions.cookie) in cookie else None)

    async def _exchange(self, scope: Scope, token: str, send: Send) -> None:
        session = self.sessions.exchange(token) or self._session(Headers(scope=scope))
        if session is None:
            raise _Refused(
                403, "This address was used before, or is not of this desk. Press Enter in its window for one."
            )
        rest = parse_qs(scope["query_string"].decode("latin-1"))
        rest.pop("token", None)
        where = "/" + (f"?{urlencode(rest, doseq=True)}" if rest else "")
        cookie = f"{self.sessions.cookie}={session.key}; Path=/; HttpOnly; SameSite=Strict"
        headers = [(b"location", where.encode()), (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    # what is sent

    def _limit(self, scope: Scope) -> int:
        kind = Headers(scope=scope).get("content-type", "")
        return self.upload_limit if kind.startswith(MULTIPART) else FORM_LIMIT

    async def _check_csrf(self, scope: Scope, body: _Body) -> None:
        if scope["method"] in SAFE:
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        given = headers.get(CSRF_HEADER)
        if given is None and kind == FORM:
            given = _field((await body.whole()).decode("utf-8", "replace"))
        if given is None and kind == MULTIPART:  # files are not read before it is known that they are wanted
            given = _field(scope["query_string"].decode("latin-1"))
        if given is None or not same(given, scope["state"]["session"].csrf):
            raise _Refused(403, "This form is not of this window. Load the page again; what you typed is still in it.")


def _field(form: str) -> str | None:
    """The CSRF token of a form. Raises _Refused for a form that no page of ours sends."""
    try:
        return next(iter(parse_qs(form, max_num_fields=1000).get(CSRF_FIELD, [])), None)
    except ValueError:
        raise _Refused(400, "This form has too many fields.") from None


class _Body:
    """The body as it comes in: not too much, not too slowly. What was read ahead is given again."""

    def __init__(self, receive: Receive, scope: Scope, limit: int, wait: float) -> None:
        self._receive, self._limit, self._wait = receive, limit, wait
        self._ahead: list[Message] = []
        self._ended = False
        self._size = 0
        self.refused: _Refused | None = None
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            raise self._too_much()

    def _too_much(self) -> _Refused:
        self.refused = _Refused(413, f"That is more than {self._limit // 1024 // 1024} MB: send less at a time.")
        return self.refused

    async def __call__(self) -> Message:
        if self._ahead:
            return self._ahead.pop(0)
        if self._ended:  # waits for the browser to go away
            return await self._receive()
        return await self._next()

    async def _next(self) -> Message:
        try:
            async with asyncio.timeout(self._wait):
                message = await self._receive()
        except TimeoutError:
            self.refused = _Refused(408, f"Nothing came for {self._wait:g} seconds.")
            raise self.refused from None
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._ended = not message.get("more_body", False)
            if self._size > self._limit:
                raise self._too_much()
        else:
            self._ended = True
        return message

    async def whole(self) -> bytes:
        """All of it, kept for whoever asks next."""
        messages = []
        while not self._ended:
            messages.append(await self._next())
        self._ahead = messages
        return b"".join(m.get("body", b"") for m in messages)


def _stopping(send: Send, clock: asyncio.Timeout, body: _Body) -> Send:
    """`send` that stops the clock once the answer has begun (a long download is no fault), and that says why a body
    was refused, whatever the page makes of it."""

    async def sent(message: Message) -> None:
        if body.refused:
            raise body.refused
        if message["type"] == "http.response.start":
            clock.reschedule(None)
        await send(message)

    return sent


async def _say(send: Send, status: int, why: str) -> None:
    body = f"{why}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
