"""Reads the keys of a table of TOML: each is checked, and what is wrong or unknown is refused with what would do."""

from __future__ import annotations

from typing import Any

from symcount.errors import ArchitectureError, near, visible


def refused(message: str, hint: str) -> ArchitectureError:
    """Return the error of a file of an exam."""
    return ArchitectureError("bad-exam", message, hint=hint)


def check_keys(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    """Refuse a key that is not known; ``where`` says whose it is."""
    for key in table:
        if key not in known:
            close = near(key, known)
            hint = f"did you mean {close}?" if close else f"there are: {', '.join(known)}"
            raise refused(f"{where} has no key {visible(key)!r}", hint)


def words(table: dict[str, Any], key: str, where: str) -> str:
    """Return a text, without space around it."""
    found = table.get(key, "")
    if not isinstance(found, str):
        raise refused(f"{where}: {key} is a text, found {found!r}", f'write {key} = "…"')
    return found.strip()


def listed(table: dict[str, Any], key: str, where: str) -> list[Any]:
    """Return a list; what is no list is one thing."""
    found = table.get(key, [])
    return found if isinstance(found, list) else [found]


def whole(table: dict[str, Any], key: str, default: int, where: str, least: int, most: int) -> int:
    """Return a whole number between two bounds."""
    found = table.get(key, default)
    if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
        raise refused(
            f"{where}: {key} is a whole number from {least} to {most}, found {found!r}", f"write {key} = {default}"
        )
    return found


def flag(table: dict[str, Any], key: str, where: str) -> bool:
    """Return whether something is so."""
    found = table.get(key, False)
    if not isinstance(found, bool):
        raise refused(f"{where}: {key} is true or false, found {found!r}", f"write {key} = true")
    return found


def one_of(table: dict[str, Any], key: str, known: Any, default: str, where: str = "an exam") -> str:
    """Return one of the words that are known."""
    found = table.get(key, default)
    if isinstance(found, str) and (found == default or found in known):
        return found
    close = near(str(found), known)
    hint = f"did you mean {close}?" if close else f"there are: {', '.join(known)}"
    raise refused(f"{where}: {key} cannot be {found!r}", hint)
