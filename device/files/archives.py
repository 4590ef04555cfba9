"""What there is to read among files as people have them: archives in archives, tables and tracks that belong together.

The rule of this file: a name in an archive is never a path on disk; copies of inner archives get numbers for names.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from device.files.formats import HEAD_BYTES, Format, format_of
from device.files.inflate import open_member
from device.files.limits import MIB, CountedStream, LimitError, Limits
from device.files.reading import FileTask, opened_archive, tasks
from device.files.strava import StravaTable, read_table

_PREFIX = "kadenz-unpacked-"
_TABLE, _ROUTES = "activities.csv", "workout-routes"
_MOST_TABLE_BYTES = 64 * MIB
_MOST_NAMED = 5
_ERRORS = (zipfile.BadZipFile, OSError, KeyError, ValueError, NotImplementedError, RuntimeError, LimitError)


class Found(list[FileTask]):
    """Tasks, with the folder of unpacked copies that some of them read; it goes when this does."""

    def __init__(self, found: Iterable[FileTask] = ()) -> None:
        super().__init__(found)
        self._folder: Path | None = None
        self._copies = 0

    def copy_path(self) -> Path:
        """Return a fresh path for an unpacked copy."""
        if self._folder is None:
            _sweep()
            self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._copies += 1
        return self._folder / f"{self._copies}.zip"


def _sweep() -> None:
    """Remove the copies of processes that were killed."""
    if os.name != "posix":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (ValueError, OSError):
            continue


def find(files: Sequence[Path], limits: Limits | None = None) -> Found:
    """Return what there is to read, members of archives each on their own, with what the archives say of them."""
    limits = limits or Limits()
    found = Found()
    for path in files:
        for task in tasks(path, limits):
            found.extend(_opened(task, found, limits))
    return _related(found)


def _opened(task: FileTask, found: Found, limits: Limits) -> Iterator[FileTask]:
    """Yield the members of an archive inside an archive from an unpacked copy; any other task as it is."""
    inner = _copied(task, found, limits) if task.member.lower().endswith(".zip") else None
    if inner is None:
        yield task
        return
    members = [one for one in tasks(inner, limits) if one.member]
    if not members:
        yield task  # it is refused or damaged: reading it says why
        return
    for one in members:
        yield dataclasses.replace(one, shown=task.name, depth=1)


def _copied(task: FileTask, found: Found, limits: Limits) -> Path | None:
    """Return the path of an unpacked copy of a member, None where it is no archive or cannot be unpacked."""
    most = dataclasses.replace(limits, file_bytes=limits.archive_bytes)
    try:
        with zipfile.ZipFile(task.path) as archive:
            info = archive.getinfo(task.member)
            source = open_member(archive, cast(BinaryIO, archive.fp), info)
            stream = CountedStream(source, most, max(info.compress_size, 1))
            if format_of(stream.peek(HEAD_BYTES), task.member)[0] is not Format.ZIP:
                return None
            path = found.copy_path()
            with path.open("xb") as copy:
                while chunk := stream.read(MIB):
                    copy.write(chunk)
            return path
    except _ERRORS:
        return None


def _related(found: Found) -> Found:
    """Return the tasks in their order with sports from tables, and tracks given to the health export they belong to."""
    place = {_key(task): i for i, task in enumerate(found)}
    taken: set[int] = set()
    for i, task in enumerate(found):
        name = PurePosixPath(_key(task)[1]).name.lower()
        if name == _TABLE:
            _apply_table(found, i, place)
        elif name.endswith(".xml") and _head_format(task) is Format.HEALTH:
            routes = _routes_of(found, task, place)
            found[i] = dataclasses.replace(task, health=True, routes=tuple(routes))
            taken |= set(routes.values())
    found[:] = [task for i, task in enumerate(found) if i not in taken]
    return found


def _key(task: FileTask) -> tuple[str, str]:
    """Return the container and the name inside it, with forward slashes; a file on disk is inside the disk."""
    if task.member:
        return str(task.path), task.member.replace("\\", "/")
    return "", task.path.as_posix()


def _apply_table(found: Found, at: int, place: dict[tuple[str, str], int]) -> None:
    task = found[at]
    table = _table(task)
    if table is None or (not table.sports and not table.listed):
        return
    container, own = _key(task)
    folder = own[: len(own) - len(_TABLE)]
    missing = []
    for name, sport in table.sports.items():
        i = place.get((container, folder + name), -1)
        if i < 0:
            missing.append(name)
        else:
            found[i] = dataclasses.replace(found[i], sport=sport)
    if table.sports:
        kind = f"a table of {table.listed} activities"
        found[at] = dataclasses.replace(task, instead=kind, notes=_notes(table, missing))


def _notes(table: StravaTable, missing: list[str]) -> tuple[str, ...]:
    notes = list(table.problems)
    if table.without_file:
        notes.append(f"{table.without_file} of them have no file (entered by hand): not imported")
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (", ..." if len(missing) > _MOST_NAMED else "")
        notes.append(f"{len(missing)} of them name a file that is not there: {named}")
    return tuple(notes)


def _table(task: FileTask) -> StravaTable | None:
    content = _start_of(task, _MOST_TABLE_BYTES)
    return read_table(content) if content else None


def _head_format(task: FileTask) -> Format:
    return format_of(_start_of(task, HEAD_BYTES), task.member or task.path.name)[0]


def _start_of(task: FileTask, count: int) -> bytes:
    """Return the first bytes of a task's file, b"" where it cannot be read."""
    with suppress(*_ERRORS):
        if not task.member:
            with task.path.open("rb") as source:
                return source.read(count)
        archive = opened_archive(task.path)
        info = archive.getinfo(task.member)
        member = open_member(archive, cast(BinaryIO, archive.fp), info)
        return CountedStream(member, Limits(file_bytes=max(2 * count, MIB)), max(info.compress_size, 1)).peek(count)
    return b""


def _routes_of(found: Found, task: FileTask, place: dict[tuple[str, str], int]) -> dict[str, int]:
    """Return the tracks in the folder of tracks beside a health export, by the name to open them, with their place."""
    container, own = _key(task)
    folder = own[: len(own) - len(PurePosixPath(own).name)] + f"{_ROUTES}/"
    routes = {}
    for (where, name), i in place.items():
        if where == container and name.startswith(folder) and name.lower().endswith(".gpx"):
            routes[found[i].member or f"{_ROUTES}/{name[len(folder) :]}"] = i
    return routes
