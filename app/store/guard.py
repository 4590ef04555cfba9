"""One recorder per diary: a lock on a file beside it, which the system releases when the process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from app.store.errors import StoreError, StoreReason


class RecorderGuard:
    """The right to record into a diary, held until it is closed or the process ends, kill -9 included."""

    def __init__(self, diary: Path) -> None:
        path = diary.with_name(diary.name + ".recorder")
        try:
            diary.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(
                f"the diary's folder cannot be written: {error.strerror}", StoreReason.READ_ONLY
            ) from error
        if not locked(self._handle):
            os.close(self._handle)
            raise StoreError("another recorder is writing to this diary: stop it first", StoreReason.LOCKED)

    def close(self) -> None:
        """Let the next recorder in. The file stays: removing it would let two recorders lock two files."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> RecorderGuard:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def locked(handle: int, *, wait: bool = False) -> bool:
    """Return whether an exclusive lock on an open file was got; with `wait`, wait for it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
