"""Tables of words written as text: rows of lists, of which each must have a word in a clause.

The rule of this file: a row goes on in the next line where that is indented; cells stand between "/". The first cell
names what the row means and how it is read; a cell of words is needed, "!" before it undoes the row; "+" and "~" do
the same with meanings (tags or groups, as `words.Item` has them). A name in braces is a list of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edge.talk.tokens import Stems, listed, stems

_NO = listed(
    "no not nicht kein keine keinen keinem keiner never without ohne nie weder nichts nix nimmer net ned nich kaum "
    "hardly barely nothing cant cannot couldnt wont gar niemand"
)
_BEFORE = listed("no not nicht kein keine keinen keinem ohne nie weder never without nimmer net ned nich")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row means, how it is read, its lists of words, and what undoes it."""

    name: str
    how: frozenset[str]
    needs: tuple[Stems, ...]
    unless: Stems
    with_tags: tuple[str, ...]
    without_tags: tuple[str, ...]


def rows(text: str, lists: str = "") -> tuple[Row, ...]:
    """Return the rows of a table; `lists` are rows of a name and its words."""
    named = {cells[0]: cells[1] for cells in _cells(lists)}
    return tuple(_row([_filled(cell, named) for cell in cells]) for cells in _cells(text))


def words_in(*texts: str) -> frozenset[str]:
    """Return every word of some tables, without marks."""
    return frozenset(word.strip("!*+~/") for text in texts for word in text.split())


def _row(cells: list[str]) -> Row:
    name, *how = cells[0].split()
    needs = tuple(stems(cell) for cell in cells[1:] if cell[:1] not in "!+~")
    marked = {mark: " ".join(cell[1:] for cell in cells[1:] if cell[:1] == mark) for mark in "!+~"}
    with_tags, without_tags = tuple(marked["+"].split()), tuple(marked["~"].split())
    return Row(name, frozenset(how), needs, stems(marked["!"]), with_tags, without_tags)


def _filled(cell: str, named: dict[str, str]) -> str:
    for name, words in named.items():
        cell = cell.replace("{" + name + "}", words)
    return cell


def _cells(text: str) -> list[list[str]]:
    joined: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and joined:
            joined[-1] += line
        elif line.strip():
            joined.append(line)
    return [[cell.strip() for cell in one.split("/")] for one in joined]


def met(row: Row, said: Sequence[int], words: Sequence[str]) -> int | None:
    """Return where a row is met, None where it is not."""
    if "denied" in row.how and not any(words[k] in _NO for k in said):
        return None
    for taken in _choices(row.needs, said, words, ()):
        if any(row.unless.has(words[k]) for k in said):
            return None
        if "denied" in row.how or not _denied(words, taken[-1], said[0]):
            return min(taken)
    return None


def _denied(words: Sequence[str], at: int, start: int) -> bool:
    """Return whether a denial stands up to three words before, with no sign between."""
    for k in range(at - 1, max(start, at - 3) - 1, -1):
        if not words[k].isalnum():
            return False
        if words[k] in _BEFORE:
            return True
    return False


def _choices(
    needs: Sequence[Stems], said: Sequence[int], words: Sequence[str], taken: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Yield the ways to give each list a word of its own."""
    if not needs:
        yield taken
        return
    for k in said:
        if k not in taken and needs[0].has(words[k]):
            yield from _choices(needs[1:], said, words, (*taken, k))
