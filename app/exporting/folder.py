"""The folder of a whole export: what lies where in it, how it comes into being, and how it is told from any other.

The rule of this file: it is written beside its place and moved there in one step, the list of checksums last; so a
folder of this name is whole. A folder that holds anything else is never touched.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

FORMAT, FORMAT_VERSION = "kadenz-export", 1
INDEX, SUMS, README, UNFINISHED = "export.json", "SHA256SUMS", "README.md", "UNFINISHED"
RUNS_FOLDER, SEGMENTS_NAME, RAW_NAME = "runs", "segments.csv", "raw.jsonl"
_SAFE = re.compile(r"[A-Za-z0-9][\w-]{0,80}", re.ASCII)
_PART = re.compile(r"[\w-][\w.-]*", re.ASCII)
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")


class ExportError(Exception):
    """A folder is no whole export, or cannot become one; its text is the one line that the person reads."""


def run_folder(key: int, run_id: str) -> str:
    """Return the folder of a run within an export: its id, or its number where the id is no name for a folder."""
    return f"{RUNS_FOLDER}/{run_id if _SAFE.fullmatch(run_id) else f'run_{key}'}"


class Draft:
    """A folder in the making: files go in one after the other, and each one's checksum is kept."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._sums: dict[str, str] = {}

    @property
    def files(self) -> int:
        """Return how many files were written."""
        return len(self._sums)

    def add(self, name: str, lines: Iterable[str]) -> int:
        """Write a text file, packed where its name ends with .gz; returns its number of lines."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as raw:
            summed = _Summed(raw)
            count = _packed(summed, lines) if name.endswith(".gz") else _plain(summed, lines)
            raw.flush()
            os.fsync(raw.fileno())
        self._sums[name] = summed.sum.hexdigest()
        return count

    def close(self) -> None:
        """Write the list of checksums."""
        (self.home / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items())))


class _Summed(io.RawIOBase):
    """A file that is written, with the checksum of what went in."""

    def __init__(self, target: io.BufferedWriter) -> None:
        self._target, self.sum = target, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, chunk: bytes) -> int:  # type: ignore[override]
        self.sum.update(chunk)
        return self._target.write(chunk)


def _plain(target: _Summed, lines: Iterable[str]) -> int:
    return sum(1 for line in lines if target.write(line.encode()) >= 0)


def _packed(target: _Summed, lines: Iterable[str]) -> int:
    """Write gzip without a time or a name in it, so that the same lines give the same bytes."""
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=target, mtime=0) as packed,
        io.TextIOWrapper(io.BufferedWriter(packed, 1 << 16), encoding="utf-8", newline="") as text,
    ):
        return sum(1 for line in lines if text.write(line) >= 0)


@contextmanager
def drafted(folder: Path) -> Iterator[Draft]:
    """A draft of a folder that takes its place when all went well; ExportError where something else is there."""
    folder = folder.absolute()
    _refuse_other(folder)
    draft = folder.with_name(f"{folder.name}.unfinished")
    _clear(draft)
    draft.mkdir(parents=True, mode=0o700)
    (draft / UNFINISHED).write_text("This export was interrupted: it is not whole. Export again.\n")
    try:
        made = Draft(draft)
        yield made
        made.close()
        (draft / UNFINISHED).unlink()
        _sync(draft)
        _take_place(draft, folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _clear(draft: Path) -> None:
    """Remove what an interrupted export left behind; ExportError for anything else of that name."""
    if not draft.exists():
        return
    if not draft.is_dir() or not (draft / UNFINISHED).is_file():
        raise ExportError(f"{draft} is in the way and was not left by an interrupted export: move it away")
    shutil.rmtree(draft)


def _take_place(draft: Path, folder: Path) -> None:
    old = folder.with_name(f"{folder.name}.replaced")
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
    if folder.exists():
        if old.exists():
            _refuse_other(old)
            shutil.rmtree(old)
        folder.replace(old)
    draft.replace(folder)
    _sync(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_other(folder: Path) -> None:
    """Raise ExportError where a folder holds anything but an export of ours."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ExportError(f"{folder} is a file, not a folder")
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    if not found:
        return
    if not is_export(folder):
        raise ExportError(f"{folder} holds something else: choose another folder")
    strange = sorted(found - set(sums(folder)) - {SUMS})
    if strange:
        raise ExportError(f"{folder} holds {strange[0]}, which is of no export: move it away, or choose another folder")


def is_export(folder: Path) -> bool:
    """Return whether a folder says that it is a Kadenz export, whole or not."""
    if not folder.is_dir():
        return False
    try:
        return bool(json.loads((folder / INDEX).read_text()).get("format") == FORMAT)
    except (OSError, ValueError, AttributeError):
        return (folder / UNFINISHED).is_file()


def sums(folder: Path) -> dict[str, str]:
    """Return the checksums of an export by name; ExportError where the list is missing, damaged or names what it must
    not.
    """
    if (folder / UNFINISHED).exists():
        raise ExportError(f"{folder} was interrupted while it was written: it is not whole")
    try:
        text = (folder / SUMS).read_text()
    except (OSError, UnicodeDecodeError) as problem:
        raise ExportError(f"{folder / SUMS} is missing or damaged: the export is not whole") from problem
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _SUM.fullmatch(line)
        if match is None or not _within(match[2]):
            raise ExportError(f"{folder / SUMS} is damaged: {line[:80]!r}")
        found[match[2]] = match[1]
    return found


def _within(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return 0 < len(parts) <= 3 and all(_PART.fullmatch(part) for part in parts)


def verified(folder: Path) -> tuple[dict[str, object], frozenset[str]]:
    """Return the index and the names of all files of an export whose every byte is as it was written."""
    listed = sums(folder)
    for name, digest in listed.items():
        path = folder / name
        try:
            if path.is_symlink() or not path.is_file():
                raise ExportError(f"{path} is missing: the export is not whole")
            with path.open("rb") as source:
                same = hashlib.file_digest(source, "sha256").hexdigest() == digest
        except OSError as problem:
            raise ExportError(f"{path} cannot be read: {problem.strerror}") from problem
        if not same:
            raise ExportError(f"{path} is not as it was written (its checksum differs): nothing was taken over")
    if INDEX not in listed:
        raise ExportError(f"{folder / INDEX} is missing: the export is not whole")
    index = json.loads((folder / INDEX).read_text())
    if index.get("version") != FORMAT_VERSION:
        raise ExportError(f"{folder} was written by a newer Kadenz: update Kadenz to take it over")
    if index.get("files") != len(listed):
        raise ExportError(f"{folder / SUMS} does not name every file: the export is not whole")
    return index, frozenset(listed)
