"""A diary as one file at one moment, and such a file put in a diary's place.

The rule of this file: a recorder may go on while a snapshot is made; what stood in a diary's place is kept aside until
the new one has been opened, and a kill at any point leaves the one or the other under the diary's name.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from app.store.diary import Store
from app.store.errors import StoreError, StoreReason, store_errors
from app.store.health import examine, opened_to_read
from app.store.rows import Health
from app.store.schema import connect, file_uri, refuse_unknown
from app.store.seal import void_seal

#: What a snapshot and a restored diary are called until they are done, and what stood there before.
SNAPSHOT, RESTORING, ASIDE = ".backing-up", ".restoring", ".before-restore"
_STALE_S = 3600.0


def snapshot(diary: Path) -> Path:
    """Write the diary as it stands at one moment to a file beside it, and return that; the caller removes it.

    Raises StoreError, and leaves no file, for no diary, another program's, a newer version or a full disk.
    """
    diary = diary.resolve()
    if not diary.is_file():
        raise StoreError(f"there is no diary at {diary}", StoreReason.MISSING)
    _sweep(diary)
    target = diary.with_name(f"{diary.name}.{os.getpid()}{SNAPSHOT}")
    discard(target)
    try:
        with store_errors(str(diary)):
            _copied(diary, target)
    except BaseException:
        discard(target)
        raise
    return target


def _sweep(diary: Path) -> None:
    """Remove what kills left of earlier snapshots; one that is still being written is younger."""
    for draft in diary.parent.glob(f"{diary.name}.*{SNAPSHOT}"):
        with suppress(OSError):
            if draft.stat().st_mtime < time.time() - _STALE_S:
                discard(draft)


def _copied(diary: Path, target: Path) -> None:
    source = opened_to_read(diary)
    try:
        refuse_unknown(source, str(diary))
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600))
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            copy.execute("PRAGMA synchronous = OFF")  # a draft: nothing is lost with it
            source.conn.backup(copy)  # all pages in one step: one moment, while others go on writing
        finally:
            copy.close()
    finally:
        source.close()
    void_seal(target)


def discard(draft: Path) -> None:
    """Remove a draft with what SQLite may have left beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        draft.with_name(draft.name + end).unlink(missing_ok=True)


def readable(draft: Path) -> Health:
    """Return what a full check of a draft finds; raises StoreError for another program's file or a newer version."""
    with store_errors(str(draft)):
        database = opened_to_read(draft)
        try:
            if refuse_unknown(database, str(draft)) == 0:
                raise StoreError(f"this file is not a Kadenz diary: {draft}", StoreReason.FOREIGN)
        finally:
            database.close()
    return examine(draft)


def put_in_place(draft: Path, diary: Path) -> None:
    """Give a durable draft the diary's name; what stood there, with its log, is kept aside until it has been opened.

    The caller holds the recorder's guard. Raises StoreError, with nothing changed, while another program has it open.
    """
    diary = diary.resolve()
    aside = diary.with_name(diary.name + ASIDE)
    if diary.exists():
        _end_log(diary)
        if not aside.exists():
            _linked(diary, aside)
    log = diary.with_name(diary.name + "-wal")
    if log.exists():  # of a diary too damaged to be opened: it must not be read into the new one
        log.replace(aside.with_name(aside.name + "-wal"))
    diary.with_name(diary.name + "-shm").unlink(missing_ok=True)
    draft.replace(diary)
    Store(diary, create=False).close()
    discard(aside)


def _end_log(diary: Path) -> None:
    """Take the log into a diary that nobody else has open; leave one that SQLite cannot read as it is."""
    busy = StoreError(f"the diary is open in another program: close it first ({diary})", StoreReason.LOCKED)
    try:
        database = connect(file_uri(diary, "rw"), uri=True, busy_wait_s=1.0)
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")  # busy while anybody else has it open
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            database.close()
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise busy from error


def _linked(diary: Path, aside: Path) -> None:
    with suppress(OSError, NotImplementedError):
        os.link(diary, aside)
        return
    shutil.copyfile(diary, aside)
    handle = os.open(aside, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
