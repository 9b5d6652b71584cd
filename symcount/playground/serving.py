"""Serves the built page to this machine alone, and makes the links that open a network on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from symcount.errors import ArchitectureError

_BUILT = "symcount_page"
"""The package that the build of the page makes, and that holds nothing but the page."""

_LOOPBACK = "127.0.0.1"


def folder_of(given: str) -> Path:
    """Return the folder of the page: the one that is named, or else the one that is installed."""
    if given:
        folder = Path(given)
    else:
        found = find_spec(_BUILT)
        folder = Path(found.origin or "").parent if found else Path()
    if (folder / "offline-worker.js").is_file():
        return folder
    what = f"{given} holds no built page" if given else "the page is not installed"
    hint = "python docs/playground/build.py build/page --wheel build, then symcount page --folder build/page"
    raise ArchitectureError("no-page", what, hint=hint)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return what serves a folder on the loopback; a port of 0 is any that is free."""
    try:
        return ThreadingHTTPServer((_LOOPBACK, port), partial(_Quiet, directory=str(folder)))
    except OSError as error:
        message = f"port {port} cannot be opened: {error.strerror}"
        raise ArchitectureError("no-page", message, hint="--port 0 takes any that is free") from None


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *words: Any) -> None:
        pass


def link(address: str, text: str, values: Mapping[str, str]) -> str:
    """Return the address of the page with a network in it.

    >>> link("http://127.0.0.1:8000/", "I(c,28x28)-H10", {"c": "1"})
    'http://127.0.0.1:8000/#net=I(c,28x28)-H10&with=c:1'
    """
    if not text:
        return address
    pairs = ",".join(f"{name}:{value}" for name, value in values.items())
    return f"{address}#net={_quoted(text)}" + (f"&with={_quoted(pairs)}" if pairs else "")


def _quoted(text: str) -> str:
    """What a fragment may hold as it is, as the page itself writes it."""
    return quote(text, safe="!'()*~,:@")
