"""Keeps the pages to this machine: nothing is loaded from elsewhere, and no other site can ask them for anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HERE = ("localhost", "127.0.0.1", "[::1]")
"""What the pages are called. Another name means that a site elsewhere points its own at this machine."""
LOADED = (
    b"default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""What pages may load. Datasette's own scripts and styles stand in its pages; nothing comes from elsewhere."""
HEADERS = {
    b"content-security-policy": LOADED,
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
}


def guarded(app: App) -> App:
    """Return an application that answers only to this machine's names, and whose pages load nothing from elsewhere."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(event: MutableMapping[str, Any]) -> None:
            if event["type"] == "http.response.start":
                event["headers"] = [*event.get("headers", ()), *HEADERS.items()]
            await send(event)

        if scope["type"] == "http" and host_of(scope) not in HERE:
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"These pages are for this machine alone.\n"})
        else:
            await app(scope, receive, with_headers if scope["type"] == "http" else send)

    return answer


def host_of(scope: Scope) -> str:
    """Return the name that a request calls this machine, without its port."""
    name: str = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    return name if name.endswith("]") else name.rpartition(":")[0] or name
