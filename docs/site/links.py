"""Checks the built site: every link in it leads to a page or a place that exists, and no page loads from another host.

python docs/site/links.py FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
"""What a browser fetches by itself, and by which attribute."""

_NOT_FETCHED = ("canonical", "next", "prev", "index", "search", "alternate")


class _Page(HTMLParser):
    """The places of a page, where it leads, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.places: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.places |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag in _LOADED and _LOADED[tag] in found and found.get("rel", "") not in _NOT_FETCHED:
            self.loads.append(found[_LOADED[tag]])


def complaints(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a folder of pages; a fragment with a ``=`` is a network, and no place."""
    pages = {path.resolve(): _Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        for target in (*page.links, *page.loads):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                if target in page.loads and parts.scheme != "data":
                    yield f"{path.relative_to(folder.resolve())}: loads {target}"
                continue
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = there / "index.html" if there.is_dir() else there
            if not there.exists():
                yield f"{path.relative_to(folder.resolve())}: no file {target}"
            elif (
                parts.fragment
                and "=" not in parts.fragment
                and there in pages
                and unquote(parts.fragment) not in pages[there].places | {"top"}
            ):
                yield f"{path.relative_to(folder.resolve())}: no place {target}"


def main() -> None:
    """Print what is wrong, and end with 1 where anything is."""
    found = [*complaints(Path(sys.argv[1]))]
    print("\n".join(found), end="\n" * bool(found))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
