"""XML of any size as a stream of elements by local name; what stands before a defect is kept.

The rule of this file: nothing is resolved and nothing is fetched. A document that declares an entity is
refused before its first element; namespaces are told apart by nothing but the local name, because real
files bind them wrongly as often as rightly.
"""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from typing import BinaryIO, Protocol
from xml.parsers import expat

import numpy as np

from edge.samples import Column

_CHUNK = 1 << 16
_FLUSH_ROWS = 1 << 15
_LONGEST_TEXT = 1 << 12
_DEEPEST = 100
NAN = float("nan")


def _declared_first(key: str) -> bool:
    return not key.startswith("xmlns:")


class EntityError(Exception):
    """The document declares XML entities, which no activity file needs and bombs are made of."""


class ElementHandler(Protocol):
    """What a format does with the elements of its document."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str, text: str) -> None: ...


class XmlStream:
    """Feeds one document to a handler by local names and remembers its first defect."""

    def __init__(self, handler: ElementHandler) -> None:
        self.defect = ""
        self._depth = 0
        self._handler = handler
        self._locals: dict[str, str] = {}
        self._prefixes = {"xml", "xmlns"}
        self._text = ""
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity

    def read(self, source: BinaryIO) -> None:
        """Read to the end or to the first defect, which is then named in `defect` with its line.

        Raises EntityError for a document that declares entities.
        """
        try:
            while chunk := source.read(_CHUNK):
                self._parser.Parse(chunk, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as problem:
            self._note(f"{expat.ErrorString(problem.code)} in line {problem.lineno}, column {problem.offset}")
        except (LookupError, ValueError) as problem:
            self._note(f"cannot be read as XML in line {self._parser.CurrentLineNumber}: {problem}")

    def _note(self, defect: str) -> None:
        self.defect = self.defect or defect

    def _entity(self, name: str, *_: object) -> None:
        raise EntityError(f"declares the XML entity {name[:40]!r}")

    def _local(self, name: str) -> str:
        prefix, colon, local = name.rpartition(":")
        if colon and prefix not in self._prefixes:
            self._note(f"prefix {prefix[:40]!r} is bound to nothing in line {self._parser.CurrentLineNumber}")
        self._locals[name] = local
        return local

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError(f"elements nested more than {_DEEPEST} deep")
        if attributes:
            for key in sorted(attributes, key=_declared_first):
                if ":" in key:
                    self._bind(key)
        self._text = ""
        self._handler.start(self._locals.get(name) or self._local(name), attributes)

    def _bind(self, key: str) -> None:
        prefix, _, local = key.partition(":")
        if prefix == "xmlns":
            self._prefixes.add(local)
        elif prefix not in self._prefixes:
            self._note(f"prefix {prefix[:40]!r} is bound to nothing in line {self._parser.CurrentLineNumber}")

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(self._locals.get(name) or self._local(name), self._text)
        self._text = ""

    def _characters(self, text: str) -> None:
        # A text that the chunks cut comes in parts; one longer than any number or name is not collected.
        self._text = (self._text + text)[:_LONGEST_TEXT] if self._text else text


class Rows:
    """Rows of numbers of unknown count: kept as blocks of columns, a column without a value takes no room."""

    def __init__(self, columns: int) -> None:
        self.count = 0
        self._columns = columns
        self._flat = array("d")
        self._sizes: list[int] = []
        self._blocks: list[list[Column | None]] = []

    def append(self, row: list[float]) -> None:
        """Add one row, one value for each column."""
        self._flat.extend(row)
        self.count += 1
        if len(self._flat) >= _FLUSH_ROWS * self._columns:
            self._flush()

    def _flush(self) -> None:
        table = np.array(self._flat, dtype=np.float64).reshape(-1, self._columns)
        self._flat = array("d")
        self._sizes.append(len(table))
        self._blocks.append([c.copy() if np.isfinite(c).any() else None for c in table.T])

    def columns(self) -> list[Column]:
        """Return the columns, each (n,) or empty where it holds no value; the rows are given up."""
        self._flush()
        blocks, self._blocks = self._blocks, []
        out: list[Column] = []
        for i in range(self._columns):
            parts = [b[i] for b in blocks]
            for b in blocks:
                b[i] = None
            filled = [np.full(n, NAN) if p is None else p for p, n in zip(parts, self._sizes, strict=True)]
            out.append(np.concatenate(filled) if any(p is not None for p in parts) else np.empty(0))
        return out


def number(text: str) -> float:
    """Return a number as XML files write it (a comma may be the decimal point), NaN for anything else."""
    try:
        return float(text)
    except ValueError:
        try:
            return float(text.strip().replace(",", "."))
        except ValueError:
            return NAN


def moment(text: str) -> tuple[float, float]:
    """Return an ISO 8601 time as Unix s and its offset from UTC in s; NaN for what cannot be read.

    Without a zone it counts as UTC; the offset is NaN unless a zone other than Z is written.
    """
    text = text.strip()
    try:
        when: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        when = _odd_moment(text)
    if when is None:
        return NAN, NAN
    offset = when.utcoffset()
    if offset is None:
        return when.replace(tzinfo=UTC).timestamp(), NAN
    return when.timestamp(), NAN if text.endswith(("Z", "z")) else offset.total_seconds()


def _odd_moment(text: str) -> datetime | None:
    """Return a time written nearly as ISO 8601: slashes, a comma, a lower-case t; without zone."""
    plain = text.replace("/", "-").replace(",", ".").replace(" UTC", "Z").replace("t", "T").replace("z", "Z")
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%d %H:%M:%SZ"):
        try:
            return datetime.strptime(plain, form)
        except ValueError:
            continue
    return None
