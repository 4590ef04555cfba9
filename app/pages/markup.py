"""HTML from values: what is not markup is escaped.

The rule of this file: a text can never become a tag; attributes and children are escaped here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_VOID = frozenset({"meta", "br", "hr"})


class Markup(str):
    """A piece of finished HTML."""

    __slots__ = ()


Child = str | Iterable["Markup"]


def tag(name: str, /, *children: Child, **attributes: str) -> Markup:
    """Return an element; `class_` and `aria_label` are written "class" and "aria-label", empty ones are left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value
    )
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Markup:
    """Return children one after the other, text escaped."""
    return Markup("".join(_written(child) for child in children))


def _written(child: Child) -> str:
    if isinstance(child, Markup):
        return child
    return escape(child, quote=False) if isinstance(child, str) else "".join(child)


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[Child]], class_: str = "") -> Markup:
    """Return a table with a caption and column heads, the first cell of a row as its head."""
    head = tag("tr", [tag("th", name, scope="col") for name in heads])
    body = []
    for row in rows:
        first, *others = row
        body.append(tag("tr", tag("th", first, scope="row"), [tag("td", cell) for cell in others]))
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", body), class_=class_)


def figure(title: str, pictures: Markup, text: str = "", note: str = "") -> Markup:
    """Return a figure with its heading, pictures, and what it shows in words."""
    below = [tag("figcaption", text, class_="soft")] if text else []
    small = [tag("p", note, class_="note")] if note else []
    return tag("figure", tag("h3", title), pictures, below, small)
