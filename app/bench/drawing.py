"""Pictures of a benchmark as PNG, drawn by matplotlib (extra `bench`).

The rule of this file: one picture a value of `figures.Picture`, in the colours of the house, readable in grey.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.bench.figures import Bars, Confusion, Picture, Plot, Section
from app.bench.page import file_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Told apart by people who see no red or green, and in grey: Okabe and Ito 2008.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#555555")
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_MOST_ANNOTATED = 12
_FEW = 200


def draw(section: Section, folder: Path) -> list[Path]:
    """Write every picture of a section to a folder and return the files, named `<section>_<picture>.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_drawn(picture, folder / file_name(section.name, picture.name)) for picture in section.pictures]


def _drawn(picture: Picture, path: Path) -> Path:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    wide = isinstance(picture, Bars) and len(picture.groups) > 8
    figure = Figure(figsize=(12.0 if wide else 8.0, 5.0), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(picture.title, loc="left")
    if isinstance(picture, Plot):
        _plot(axes, picture)
    elif isinstance(picture, Bars):
        _bars(axes, picture)
    else:
        _confusion(axes, picture)
    figure.savefig(path, dpi=120)
    return path


def _plot(axes: Axes, plot: Plot) -> None:
    for index, line in enumerate(plot.lines):
        colour, mark = COLOURS[index % len(COLOURS)], _MARKS[index % len(_MARKS)] if line.points else None
        size, style = 6.0 if len(line.x) < _FEW else 1.5, "" if line.points else "-"
        axes.plot(line.x, line.y, color=colour, marker=mark, markersize=size, linestyle=style, label=line.name)
    axes.set_xlabel(plot.x_label)
    axes.set_ylabel(plot.y_label)
    _open(axes, len(plot.lines))


def _bars(axes: Axes, bars: Bars) -> None:
    width, left = 0.8 / len(bars.series), np.arange(len(bars.groups))
    for index, name in enumerate(bars.series):
        heights = np.asarray(bars.values)[:, index]
        axes.bar(left + index * width, heights, width, color=COLOURS[index % len(COLOURS)], label=name)
    axes.set_xticks(left + 0.4 - 0.5 * width, bars.groups, rotation=45 if len(bars.groups) > 5 else 0, ha="right")
    axes.set_ylabel(bars.y_label)
    _open(axes, len(bars.series))


def _confusion(axes: Axes, matrix: Confusion) -> None:
    counts = np.asarray(matrix.counts, dtype=float)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    axes.imshow(share, cmap="Blues", vmin=0.0, vmax=1.0)
    ticks = range(len(matrix.labels))
    axes.set_xticks(ticks, matrix.labels, rotation=30, ha="right")
    axes.set_yticks(ticks, matrix.labels)
    axes.set_xlabel("said to be")
    axes.set_ylabel("is")
    if len(matrix.labels) <= _MOST_ANNOTATED:
        for row, column in np.ndindex(counts.shape):
            colour = "white" if share[row, column] > 0.5 else "black"
            axes.text(column, row, f"{100.0 * share[row, column]:.1f}", ha="center", va="center", color=colour)


def _open(axes: Axes, names: int) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd")
    axes.set_axisbelow(True)
    if names > 1:
        axes.legend(frameon=False)
