"""A benchmark as text: for a terminal and as a page of the documentation, from the same rows.

The rule of this file: a figure is never shown without its goal, its peer and its data.
"""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from app.bench.figures import Control, Figure, Section

Row = tuple[str, str, str, str, str]
HEADINGS: Row = ("figure", "measured", "goal", "peer", "")


def number(value: float, unit: str = "") -> str:
    """Return a number with three significant digits and its unit; "unknown" for NaN."""
    if math.isnan(value):
        return "unknown"
    text = f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"
    return f"{text} {unit}".strip() if unit != "%" else f"{text} %"


def goal(figure: Figure) -> str:
    """Return the goal of a figure in words, empty for a fact."""
    parts = []
    if math.isfinite(figure.at_least):
        parts.append(f"≥ {number(figure.at_least)}")
    if math.isfinite(figure.at_most):
        parts.append(f"≤ {number(figure.at_most)}")
    return " and ".join(parts)


def row(figure: Figure) -> Row:
    """Return a figure as five texts: its name, what was measured, the goal, the peer, and whether it is reached."""
    peer = f"{figure.peer} {number(figure.peer_value, figure.unit)}" if figure.peer else ""
    verdict = ("reached" if figure.reached else "not reached") if figure.has_goal else ""
    return figure.name, number(figure.value, figure.unit), goal(figure), peer, verdict


def control_row(control: Control) -> Row:
    """Return a control as five texts."""
    verdict = "worse, as it must be" if control.worse else "NOT WORSE: the measurement shows nothing"
    return f"control: {control.name}", number(control.value), f"worse than {number(control.real_value)}", "", verdict


def rows(section: Section) -> Iterable[Row]:
    """Return all rows of a section."""
    yield from (row(figure) for figure in section.figures)
    yield from (control_row(control) for control in section.controls)


def machine() -> str:
    """Return the machine in a few words: processor kind, cores, Python."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def tally(sections: Iterable[Section]) -> list[str]:
    """Return a line that counts the goals and a line for each goal that is not reached."""
    goals = [(section.name, figure) for section in sections for figure in section.figures if figure.has_goal]
    missed = [(name, figure) for name, figure in goals if not figure.reached]
    return [
        f"{len(goals) - len(missed)} of {len(goals)} goals reached" + (", not reached:" if missed else "."),
        *(f"- {name}: {f.name}: {number(f.value, f.unit)}, goal {goal(f)}" for name, f in missed),
    ]


def page(subject: str, sections: Sequence[Section], command: str, day: str, pictures: str = "") -> str:
    """Return a page in Markdown with the figures of every section, and its pictures where a folder holds them."""
    parts = [
        f"# {subject[0].upper()}{subject[1:]} in figures\n",
        f"Written by `{command}` on {day} ({machine()}). Ratios are to a peer in the same run.\n",
        "\n".join(tally(sections)) + "\n",
    ]
    return "\n".join([*parts, *(_part(section, pictures) for section in sections)])


def file_name(part: str, picture: str) -> str:
    """Return the name of a picture's file: the part, once, and the picture's own."""
    own = picture.replace("-", "_").replace(" ", "_").removeprefix(f"{part}_")
    return f"{part}_{own}.png"


def _part(section: Section, pictures: str) -> str:
    notes = list(dict.fromkeys(figure.note for figure in section.figures if figure.note))
    marks = [f" [{notes.index(figure.note) + 1}]" if figure.note else "" for figure in section.figures]
    lines = [f"## {section.name.replace('_', ' ').capitalize()}\n", f"{section.data}\n"]
    lines += [_line(HEADINGS), "|---|---|---|---|---|"]
    for one, mark in zip(rows(section), chain(marks, repeat("")), strict=False):
        lines.append(_line((one[0] + mark, *one[1:])))
    lines += ["", *(f"- [{k}] {note}" for k, note in enumerate(notes, 1))]
    lines += [*(f"- {note}" for note in section.notes), ""]
    for picture in section.pictures if pictures else ():
        lines += [f"![{picture.title}]({pictures}/{file_name(section.name, picture.name)})", ""]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
