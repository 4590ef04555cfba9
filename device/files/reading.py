"""Any file becomes readings: what it held, or what it is instead, or why it was refused.

The rule of this file: nothing a file contains can raise past it; a member of an archive is a file of its own.
"""

from __future__ import annotations

import dataclasses
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from device.files.fit import read_fit
from device.files.formats import HEAD_BYTES, Format, format_of
from device.files.gpx import read_gpx
from device.files.health_reading import Opener, read_health
from device.files.inflate import GZIP_BITS, Inflated, open_member
from device.files.limits import MIB, CountedStream, LimitError, Limits
from device.files.polar import read_polar
from device.files.recording import FileReading, Recording
from device.files.sports import sport_of
from device.files.suunto import read_sml, read_suunto_json
from device.files.tcx import read_tcx
from device.files.xml_stream import EntityError

#: `FileReading.kind` of what could not be read at all; `problems` says why.
UNREADABLE = "unreadable"
# What opening a damaged archive or member raises (RuntimeError: it is locked with a password).
_ARCHIVE_ERRORS = (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zlib.error)
# An archive inside an archive is unpacked to disk above this size.
_SPOOL_BYTES = 32 * MIB


@dataclass(frozen=True, slots=True)
class FileTask:
    """One file to read: a path, and the member where the path is an archive ("" for the path itself)."""

    path: Path
    member: str = ""
    shown: str = ""
    """The name of the path as it is shown, where the path is an unpacked copy."""
    depth: int = 0
    """How many archives the path itself was unpacked from."""
    sport: str = ""
    """The sport as a table beside the file spells it; for a file that names none."""
    instead: str = ""
    """What the file is, where that is known without reading it as a recording."""
    notes: tuple[str, ...] = ()
    health: bool = False
    routes: tuple[str, ...] = ()
    """Of a health export: the tracks that belong to it, as members of the archive or paths."""

    @property
    def name(self) -> str:
        """The name as it is shown: `archive.zip/member`."""
        path = self.shown or str(self.path)
        name = f"{path}/{self.member}" if self.member else path
        # A name that is no UTF-8 could not be printed.
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def tasks(path: Path, limits: Limits | None = None) -> Iterator[FileTask]:
    """Yield what there is to read in one file: itself, or each member of a zip archive."""
    members = _member_names(path, limits or Limits())
    if members is None:
        yield FileTask(path)
    else:
        yield from (FileTask(path, member) for member in members)


def _member_names(path: Path, limits: Limits) -> list[str] | None:
    """Return the files in an archive, each named once; None for anything else, for a refused or damaged one."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as source:
            if format_of(source.read(HEAD_BYTES), path.name)[0] is not Format.ZIP:
                return None
        with zipfile.ZipFile(path) as archive:
            if _refusal(archive, path.stat().st_size, limits):
                return None
            names = [i.filename for i in archive.infolist() if _is_file(i)]
            return names if len({*names, ""}) == len(names) + 1 else None  # lost or doubled names: read in one go
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return None


def _is_file(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is a file; `ZipInfo.is_dir` fails on a damaged, empty name."""
    return not info.filename.endswith("/")


def _refusal(archive: zipfile.ZipFile, packed_bytes: int, limits: Limits) -> str:
    """Return why an archive of so many bytes is refused as a whole, "" where it is not."""
    members = archive.infolist()
    if sum(i.compress_size for i in members) > packed_bytes:
        return "holds members that overlap"
    if len(members) > limits.members:
        return f"holds more than {limits.members} files"
    if sum(i.file_size for i in members) > limits.archive_bytes:
        return f"unpacks to more than {limits.archive_bytes // MIB} MiB"
    if not any(_is_file(i) for i in members):
        return "holds no file"
    names = {i.filename for i in members}
    return "is an Office document" if "[Content_Types].xml" in names else ""


def read_path(path: Path, limits: Limits | None = None) -> Iterator[FileReading]:
    """Yield the reading of one file, or one for each member of an archive; never raises for what a file holds."""
    for task in tasks(path, limits):
        yield from read_task(task, limits)


def read_task(task: FileTask, limits: Limits | None = None) -> Iterator[FileReading]:
    """Yield the reading of one task; more than one where it is an archive inside an archive."""
    limits = limits or Limits()
    if task.instead:
        yield FileReading(task.name, task.instead, (), task.notes, True, "")
        return
    try:
        if task.health:
            yield from read_health_task(task, limits)
            return
        if task.path.exists() and not task.path.is_file():
            yield _other(task.name, "not a regular file")
            return
        if not task.member:
            with task.path.open("rb") as source:
                size = task.path.stat().st_size
                yield from map(_hinted(task), _read(task.name, task.path.name, source, size, limits, task.depth))
            return
        archive = opened_archive(task.path)
        info = archive.getinfo(task.member)
        found = _read_member(task.name, archive, cast(BinaryIO, archive.fp), info, limits, task.depth + 1)
        yield from map(_hinted(task), found)
    except LimitError as refusal:
        yield _unreadable(task.name, f"{refusal}: refused")
    except OSError as problem:
        yield _unreadable(task.name, f"cannot be read: {problem.strerror or problem}")
    except _ARCHIVE_ERRORS as problem:
        yield _unreadable(task.name, f"the archive is damaged or locked: {problem}")


def _hinted(task: FileTask) -> Callable[[FileReading], FileReading]:
    """Return what gives a reading the sport that a table beside it knows, where the file itself names none."""

    def hinted(reading: FileReading) -> FileReading:
        if not task.sport or all(r.sport != "generic" for r in reading.recordings):
            return reading
        sport, sub_sport = sport_of(task.sport)
        known = tuple(
            dataclasses.replace(r, sport=sport, sub_sport=sub_sport) if r.sport == "generic" else r
            for r in reading.recordings
        )
        return dataclasses.replace(reading, recordings=known)

    return hinted


def read_health_task(task: FileTask, limits: Limits) -> Iterator[FileReading]:
    """Yield the readings of an Apple Health export: its workouts one by one, its tracks, and the document itself."""
    if not task.member:
        yield from read_health(task.name, task.path.name, task.routes, _from_folder(task.path.parent, limits))
        return
    archive = opened_archive(task.path)
    yield from read_health(task.name, task.member, task.routes, _from_archive(archive, limits))


class _Kept(threading.local):
    """The archive that this thread read last: its table of contents is long, its members are read one by one."""

    key: tuple[Path, int, int] | None = None
    archive: zipfile.ZipFile | None = None


_KEPT = _Kept()


def opened_archive(path: Path) -> zipfile.ZipFile:
    """Return the archive at a path, open until this thread asks for another; raises what zipfile raises."""
    state = path.stat()
    key = (path, state.st_size, state.st_mtime_ns)
    if _KEPT.archive is None or _KEPT.key != key:
        close_archive()
        _KEPT.archive, _KEPT.key = zipfile.ZipFile(path), key
    return _KEPT.archive


def close_archive() -> None:
    """Close the archive that this thread read last."""
    archive, _KEPT.archive, _KEPT.key = _KEPT.archive, None, None
    if archive is not None:
        archive.close()


def _from_folder(folder: Path, limits: Limits) -> Opener:
    @contextmanager
    def opened(name: str, most_bytes: int) -> Iterator[CountedStream]:
        with (folder / name).open("rb") as source:
            yield CountedStream(source, dataclasses.replace(limits, file_bytes=most_bytes))

    return opened


def _from_archive(archive: zipfile.ZipFile, limits: Limits) -> Opener:
    @contextmanager
    def opened(name: str, most_bytes: int) -> Iterator[CountedStream]:
        info = archive.getinfo(name)
        source = open_member(archive, cast(BinaryIO, archive.fp), info)
        yield CountedStream(source, dataclasses.replace(limits, file_bytes=most_bytes), max(info.compress_size, 1))

    return opened


def _read(
    name: str, file_name: str, source: IO[bytes], packed: int, limits: Limits, depth: int
) -> Iterator[FileReading]:
    """Yield the readings of an open file; `packed` is its size as stored, `depth` how many archives it is in."""
    stream = CountedStream(cast(BinaryIO, source), limits, packed if depth else 0)
    form, what = format_of(stream.peek(HEAD_BYTES), file_name)
    if form is Format.GZIP:
        unpacked = Inflated(cast(BinaryIO, stream), GZIP_BITS)
        stream = CountedStream(cast(BinaryIO, unpacked), limits, packed)
        form, what = format_of(stream.peek(HEAD_BYTES), file_name)
    if form is Format.EMPTY and stream.damage:
        yield _unreadable(name, stream.damage)
    elif form is Format.ZIP:
        yield from _read_archive(name, stream, limits, depth)
    elif form is Format.GZIP:
        yield _other(name, "gzip inside gzip")
    elif form not in _READERS:
        yield _other(name, what)
    else:
        yield _guarded(name, stream, _READERS[form])


def _read_archive(name: str, stream: CountedStream, limits: Limits, depth: int) -> Iterator[FileReading]:
    """Yield the readings of the members of an archive; one inside two others is refused."""
    if depth > 1:
        yield _unreadable(name, "an archive inside an archive inside an archive: refused")
        return
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES) as copy:
        while chunk := stream.read(MIB):
            copy.write(chunk)
        with zipfile.ZipFile(cast(BinaryIO, copy)) as archive:
            refusal = _refusal(archive, stream.read_bytes, limits)
            if refusal:
                yield _unreadable(name, f"{refusal}: refused")
                return
            for info in archive.infolist():
                if _is_file(info):
                    yield from _archived(f"{name}/{info.filename}", archive, info, limits, depth)


def _archived(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, depth: int
) -> Iterator[FileReading]:
    try:
        yield from _read_member(name, archive, cast(BinaryIO, archive.fp), info, limits, depth + 1)
    except LimitError as refusal:
        yield _unreadable(name, f"{refusal}: refused")
    except _ARCHIVE_ERRORS as problem:
        yield _unreadable(name, f"the archive is damaged or locked: {problem}")


def _read_member(
    name: str, archive: zipfile.ZipFile, file: BinaryIO, info: zipfile.ZipInfo, limits: Limits, depth: int
) -> Iterator[FileReading]:
    source = open_member(archive, file, info)
    yield from _read(name, info.filename, source, max(info.compress_size, 1), limits, depth)


def _guarded(name: str, stream: CountedStream, reader: Callable[[str, CountedStream], FileReading]) -> FileReading:
    try:
        return reader(name, stream)
    except EntityError as refusal:
        return _unreadable(name, f"{refusal}: refused")


def _fit(name: str, stream: CountedStream) -> FileReading:
    content = stream.read()
    found = read_fit(content)
    return _reading(name, found.kind, found.recordings, list(found.problems), found.whole, stream)


def _gpx(name: str, stream: CountedStream) -> FileReading:
    return _reading(name, *read_gpx(cast(BinaryIO, stream)), stream)


def _tcx(name: str, stream: CountedStream) -> FileReading:
    return _reading(name, *read_tcx(cast(BinaryIO, stream)), stream)


def _sml(name: str, stream: CountedStream) -> FileReading:
    return _reading(name, *read_sml(cast(BinaryIO, stream)), stream)


def _polar(name: str, stream: CountedStream) -> FileReading:
    return _reading(name, *read_polar(stream.read()), stream)


def _suunto(name: str, stream: CountedStream) -> FileReading:
    return _reading(name, *read_suunto_json(stream.read()), stream)


_READERS = {
    Format.FIT: _fit,
    Format.GPX: _gpx,
    Format.TCX: _tcx,
    Format.SML: _sml,
    Format.POLAR: _polar,
    Format.SUUNTO: _suunto,
}


def _reading(
    name: str,
    kind: str,
    recordings: tuple[Recording, ...],
    problems: list[str],
    whole: bool,
    stream: CountedStream,
) -> FileReading:
    sha256 = stream.sha256()
    if stream.damage:
        problems, whole = [stream.damage, *problems], False
    return FileReading(name, kind, recordings, tuple(problems), whole, sha256)


def _other(name: str, what: str) -> FileReading:
    return FileReading(name, what, (), (), True, "")


def _unreadable(name: str, why: str) -> FileReading:
    return FileReading(name, UNREADABLE, (), (why,), False, "")
