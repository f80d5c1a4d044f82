"""Serves a corpus to this machine's browser, read-only, with no plugin but our own."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import sys
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import uvicorn

from namndata.browse.describe import metadata
from namndata.browse.frame import Framed, rows_told
from namndata.errors import UsageError
from namndata.language.chosen import is_swedish
from namndata.store.access import open_corpus

HOST = "127.0.0.1"
HOME = Path(__file__).parent
SETTINGS = {
    "sql_time_limit_ms": 5000,  # a query of one's own over 3,000 reports
    "facet_time_limit_ms": 500,
    "suggest_facets": False,  # counts every column of a table, for each look at it
    "default_page_size": 50,
    "num_sql_threads": 2,  # one reader
}


def serve(database: Path, port: int, folder: Path | None, on_ready: Callable[[str], None]) -> None:
    """Serve the corpus until Ctrl-C; when its pages are there, their address is told."""
    with closing(listen(port)) as listener:
        asyncio.run(serving(database, folder, listener, on_ready))


def listen(port: int) -> socket.socket:
    """Return a socket that only this machine can reach."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"Port {port} cannot be used ({error.strerror}). Give another: PORT=8002 or --port."
        ) from error
    return listener


async def serving(
    database: Path, folder: Path | None, listener: socket.socket, on_ready: Callable[[str], None]
) -> None:
    """Serve the corpus through a socket."""
    datasette = await ready(database, folder)
    on_ready(f"http://{HOST}:{listener.getsockname()[1]}/")
    await uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning")).serve(sockets=[listener])


def open_page(address: str) -> None:
    """Open a page in the browser, unless that would take over the terminal."""
    with suppress(webbrowser.Error):
        browser = webbrowser.get()
        if type(browser) is not webbrowser.GenericBrowser:
            browser.open(address)


async def ready(database: Path, folder: Path | None) -> Any:
    """Return Datasette with a corpus, after its first page, which then is quick."""
    datasette = make_datasette(database, folder)
    await datasette.invoke_startup()
    await datasette.client.get("/")
    return datasette


def make_datasette(database: Path, folder: Path | None = None) -> Any:
    """Return Datasette with a corpus, what is said of it, and our pages."""
    with_plugins_off()
    from datasette import handle_exception
    from datasette.app import Datasette
    from datasette.plugins import pm

    from namndata.browse.pages import pages_of

    handle_exception.rich = None  # it would print every local variable
    name = database.stem
    pages = pages_of(database, name, folder)
    for plugin in [each for each in pm.get_plugins() if type(each) is type(pages)]:
        pm.unregister(plugin)
    pm.register(pages, "namndata")
    datasette = Datasette(
        immutables=[str(database)],
        inspect_data={name: inspected(database)},
        metadata=metadata(name),
        settings=SETTINGS,
        template_dir=str(HOME / "templates"),
    )
    if is_swedish():
        datasette.jinja_env.loader = Framed(datasette.jinja_env.loader)
        datasette.jinja_env.globals["in_swedish"] = rows_told
    datasette.keeps = in_use(database)
    return datasette


def in_use(database: Path) -> sqlite3.Connection:
    """Open a corpus so that, while it is shown, a run writes another file and changes no row of this one."""
    connection = open_corpus(database)
    connection.execute("begin")
    connection.execute("select inputs from runs").fetchone()
    return connection


def with_plugins_off() -> None:
    """Import Datasette without the plugins that are installed beside it: some run code or fetch from the network.

    Datasette 0.65 asks for no setting; it leaves them alone where it believes itself to be tested.
    """
    sys._called_from_test = True  # type: ignore[attr-defined]
    try:
        import datasette.plugins  # noqa: F401
    finally:
        del sys._called_from_test  # type: ignore[attr-defined]


def inspected(database: Path) -> dict[str, Any]:
    """Return what Datasette would count for each of its pages: the rows of all tables, also of full-text indexes."""
    with closing(open_corpus(database)) as db:
        names = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        counts = {name: {"count": db.execute(f'select count(*) from "{name}"').fetchone()[0]} for name in names}
        [inputs] = db.execute("select inputs from runs").fetchone()
    return {"hash": inputs, "size": database.stat().st_size, "file": database.name, "tables": counts}
