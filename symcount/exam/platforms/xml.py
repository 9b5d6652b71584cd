"""XML that is written with the names of its elements: one call for an element with all that is in it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring


def element(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """Return an element; a trailing or inner ``_`` of an attribute's name is left out, ``xml_lang`` is ``xml:lang``."""
    found = Element(tag, {_ATTRIBUTES.get(name, name.rstrip("_")): value for name, value in attributes.items()})
    for each in inside:
        if not isinstance(each, str):
            found.append(each)
        elif len(found):
            found[-1].tail = (found[-1].tail or "") + each
        else:
            found.text = (found.text or "") + each
    return found


_ATTRIBUTES = {"schema": "xsi:schemaLocation", "xsi": "xmlns:xsi"}

XSI = "http://www.w3.org/2001/XMLSchema-instance"


def document(root: Element, *, pretty: bool = True) -> bytes:
    """Return a document; where text stands among elements, none is put between them."""
    if pretty:
        indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
