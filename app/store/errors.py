"""What can go wrong with the diary, sorted by who must act, each with one clear line for the person.

The rule of this file: no sqlite3 exception leaves `app.store`; it leaves as a `StoreError` with a reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum


class StoreReason(Enum):
    """Why the diary could not do it."""

    MISSING = "missing"
    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read-only"
    NEWER = "newer"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    UNKNOWN_ID = "unknown id"
    DEVICE = "device"
    REFUSED = "refused"
    FORGOTTEN = "forgotten"


class StoreError(Exception):
    """The diary could not do it; the text is the one line that the person reads."""

    def __init__(self, text: str, reason: StoreReason = StoreReason.DEVICE) -> None:
        super().__init__(text)
        self.reason = reason

    @property
    def may_pass(self) -> bool:
        """True where the same call can succeed later without repair: full, locked, read-only, a failing device."""
        return self.reason in _PASSING


_PASSING = frozenset({StoreReason.FULL, StoreReason.LOCKED, StoreReason.READ_ONLY, StoreReason.DEVICE})
_BY_CODE = {
    sqlite3.SQLITE_FULL: (StoreReason.FULL, "the disk is full: nothing stored is lost, free some space"),
    sqlite3.SQLITE_BUSY: (StoreReason.LOCKED, "the diary is in use by another program: try again when it is done"),
    sqlite3.SQLITE_LOCKED: (StoreReason.LOCKED, "the diary is in use by another program: try again when it is done"),
    sqlite3.SQLITE_READONLY: (StoreReason.READ_ONLY, "the diary cannot be written: its file or folder is read-only"),
    sqlite3.SQLITE_PERM: (StoreReason.READ_ONLY, "the diary cannot be written: permission denied"),
    sqlite3.SQLITE_CANTOPEN: (StoreReason.READ_ONLY, "the diary cannot be opened: check its folder's permissions"),
    sqlite3.SQLITE_CORRUPT: (StoreReason.DAMAGED, "the diary is damaged; `kadenz doctor` proposes the repair"),
    sqlite3.SQLITE_NOTADB: (StoreReason.FOREIGN, "this file is not a Kadenz diary, or its first page is damaged"),
    sqlite3.SQLITE_IOERR: (
        StoreReason.DEVICE,
        "the disk refused to write or read (failing, full or over quota): nothing stored is lost",
    ),
}


#: What the sqlite3 module raises for a damaged file: its own errors, and a text error for damaged names.
DAMAGE = (sqlite3.Error, UnicodeDecodeError)


def translated(error: sqlite3.Error | UnicodeDecodeError, where: str) -> StoreError:
    """Return the `StoreError` for a SQLite error; `where` names the diary file."""
    code = getattr(error, "sqlite_errorcode", None)
    reason, text = _BY_CODE.get((code or 0) & 0xFF, (StoreReason.DAMAGED, f"the diary could not be used ({error})"))
    return StoreError(f"{text} ({where})", reason)


@contextmanager
def store_errors(where: str) -> Iterator[None]:
    """Turn every SQLite error of the block into a `StoreError`."""
    try:
        yield
    except DAMAGE as error:
        raise translated(error, where) from error
