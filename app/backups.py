"""Backup and restore as a service; nothing is printed, and a screen may call it.

The rule of this file: a backup is whole or not there; a restore proves the backup before it touches anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app import backup_file
from app.backup_file import BackupError
from app.store import Health, StoreError
from app.store.errors import StoreReason
from app.store.guard import RecorderGuard
from app.store.snapshots import RESTORING, discard, put_in_place, readable, snapshot


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made: its file and size in bytes, and what the check of the diary in it found."""

    path: Path
    size: int
    health: Health


@dataclass(frozen=True, slots=True)
class Restored:
    """A diary that was restored: its file, what its check found, and whether one stood there before."""

    path: Path
    health: Health
    replaced: bool


class _Nowhere:
    """A file that takes everything and keeps nothing."""

    def write(self, content: bytes) -> int:
        return len(content)

    def flush(self) -> None:
        """Nothing waits."""


def back_up(diary: Path, target: Path, passphrase: str) -> BackedUp:
    """Write a backup of the diary, as it stands now, that opens with the passphrase only; a recorder may go on.

    The file is read back and opened before it gets its name. Raises StoreError for the diary, BackupError for the
    file; either way nothing of what was there is changed.
    """
    if target.is_dir() or target.resolve() == diary.resolve():
        raise BackupError(f"{target} is not a place for a backup: name a new file")
    key, locked = backup_file.locked_key(passphrase)
    draft = snapshot(diary)
    try:
        health = readable(draft)
        with draft.open("rb") as source:
            with suppress(OSError):  # where an open file can go, a kill leaves nothing readable behind
                discard(draft)
            _written(target, lambda out: _write(source, out, key, locked))
    finally:
        discard(draft)
    return BackedUp(target, target.stat().st_size, health)


def _written(target: Path, write: Callable[[BinaryIO], None]) -> None:
    try:
        backup_file.written_whole(target, write)
    except OSError as problem:
        raise BackupError(f"{target} cannot be written: {problem.strerror or problem}") from problem


def _write(source: BinaryIO, out: BinaryIO, key: bytes, locked: bytes) -> None:
    backup_file.write_backup(source, out, key, locked)
    out.flush()
    os.fsync(out.fileno())
    out.seek(0)
    backup_file.read_key(out)
    backup_file.read_diary(out, key, _Nowhere())  # type: ignore[arg-type]


def refuse_existing(diary: Path, replace: bool) -> None:
    """Raise StoreError where a diary, or a file in its place, would be replaced without being asked to."""
    if diary.exists() and not replace:
        raise StoreError(
            f"there is a diary at {diary}: nothing was touched; --replace puts the backup in its place",
            StoreReason.REFUSED,
        )


def restore(file: Path, diary: Path, passphrase: str, replace: bool = False) -> Restored:
    """Put the diary of a backup in place; with `replace` one that stands there is kept aside until that is done.

    Raises BackupError for the backup and StoreError for the diary's place, with what was there as it was.
    """
    refuse_existing(diary, replace)
    stood = diary.exists()
    draft = diary.with_name(diary.name + RESTORING)
    try:
        with file.open("rb") as source:
            locked = backup_file.read_key(source)
            key = backup_file.unlocked_key(locked, passphrase)
            with RecorderGuard(diary):
                health = _restored(source, key, draft, diary, replace)
    except OSError as problem:
        where = file if problem.filename == str(file) else diary
        raise BackupError(f"nothing was restored: {problem.strerror or problem} ({where})") from problem
    return Restored(diary, health, stood)


def _restored(source: BinaryIO, key: bytes, draft: Path, diary: Path, replace: bool) -> Health:
    try:
        _write_draft(source, key, draft)
        health = readable(draft)
        refuse_existing(diary, replace)
        put_in_place(draft, diary)
        backup_file.sync_folder(diary.parent)
    finally:
        discard(draft)
    return health


def _write_draft(source: BinaryIO, key: bytes, draft: Path) -> None:
    discard(draft)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as out:
        backup_file.read_diary(source, key, out)
        out.flush()
        os.fsync(out.fileno())
