"""The frame of a page: head, heading, large numbers, notices, sections and foot, the same for a run and a month.

The rule of this file: one document, valid alone; nothing in it points outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.pages.look import style
from app.pages.markup import Child, Markup, tag
from app.views.items import ChangeItem
from app.views.listing import Item, LineItem, TextItem
from app.views.words import Amount, Words

#: Nothing may be loaded, sent or run: what the file holds is all there is.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def page(title: str, body: Iterable[Markup], words: Words, theme: str) -> str:
    """Return a whole document."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="color-scheme", content="light dark" if theme == "auto" else theme),
        tag("title", title),
        tag("style", Markup(style(theme))),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', tag('main', body)), lang=words.language)}\n"


def opening(over: str, headline: str, under: Sequence[str], chips: Sequence[str]) -> Markup:
    """Return the head of a page: when, the sentence, what it was, and what was the first of its kind."""
    lines = [tag("p", line, class_="lead") for line in under if line]
    first = [tag("ul", [tag("li", chip) for chip in chips], class_="chips")] if chips else []
    return tag("header", tag("p", over, class_="over"), tag("h1", headline), lines, first)


def tiles(figures: Iterable[tuple[Amount, str]]) -> Markup:
    """Return large numbers with their captions."""
    cells = []
    for amount, caption in figures:
        unit = [tag("span", amount.unit, class_="unit")] if amount.unit else []
        joint = Markup(" ") if unit else Markup("")
        cells.append(tag("div", tag("dt", caption), tag("dd", tag("span", amount.value, class_="number"), joint, unit)))
    return tag("dl", cells, class_="tiles")


def section(title: str, *parts: Child, wide: bool = True, note: str = "") -> Markup:
    """Return a card with a heading."""
    small = [tag("p", note, class_="note")] if note else []
    return tag("section", tag("h2", title), *parts, small, class_="card wide" if wide else "card")


def notice(title: str, lines: Sequence[str]) -> Markup:
    """Return what is missing, and why; nothing where nothing is."""
    if not lines:
        return Markup("")
    return tag("aside", tag("h2", title), tag("ul", [tag("li", line) for line in lines]), class_="notice")


def items(given: Iterable[Item]) -> Markup:
    """Return lines and texts of the app's lists."""
    rows = []
    for one in given:
        if isinstance(one, LineItem):
            small = [tag("span", one.text, class_="soft")] if one.text else []
            rows.append(tag("li", tag("span", tag("b", one.title), small), tag("span", one.value, class_="value")))
        elif isinstance(one, TextItem):
            rows.append(tag("li", tag("span", one.text, class_="soft")))
    return tag("ul", rows, class_="lines")


def change_card(change: ChangeItem, words: Words) -> Markup:
    """Return a day of the plan: was, now, because."""
    was = tag("div", tag("dt", words("was")), tag("dd", tag("s", change.was)))
    now = tag("div", tag("dt", words("now")), tag("dd", tag("b", change.now)))
    why = tag("div", tag("dt", words("because")), tag("dd", change.because.text))
    return tag("article", tag("h3", change.day), tag("dl", was, now, why), class_="change")


def bar(share: float, role: str, class_: str = "") -> Markup:
    """Return a bar of a share from 0 to 1 in a colour of the theme; only the eye needs it, the number stands beside."""
    share = 0.0 if share < 0.005 else share
    wide = f"width:{100.0 * min(1.0, max(0.0, share)):.1f}%;background:var(--{role})"
    return tag("span", tag("span", Markup(""), style=wide), class_=f"bar {class_}".strip(), aria_hidden="true")


def foot(words: Words, *lines: str) -> Markup:
    """Return the foot: where this comes from, and what it is not."""
    said = (
        *lines,
        words("Made by Kadenz from your own diary. This file holds no place and loads nothing."),
        words("General guidance, not a medical statement."),
    )
    return tag("footer", [tag("p", line) for line in said])
