"""A diary's file comes into being whole: its first page, or nothing, whoever else makes it at the same time."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.store.errors import StoreError, StoreReason
from app.store.guard import locked
from app.store.seal import PAGE_BYTES, first_page, log_bytes


def ensure_file(path: Path, create: bool) -> None:
    """Make the diary's file where there is none or an empty one; raises StoreError where that cannot be."""
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder, not a diary", StoreReason.FOREIGN)
        if not _lacking(path):
            return
        if not create:
            raise StoreError(f"there is no diary at {path}", StoreReason.MISSING)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            if _lacking(path):
                _make(path)
    except OSError as error:
        raise StoreError(f"the diary cannot be made at {path}: {error.strerror}", StoreReason.READ_ONLY) from error


def _lacking(path: Path) -> bool:
    return not path.exists() or (path.is_file() and path.stat().st_size == 0 and log_bytes(path) == 0)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock that every maker of this diary takes; the lock's file goes away with the last of them."""
    name = path.with_name(path.name + ".making")
    handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locked(handle, wait=True)
        yield
        with suppress(OSError):
            name.unlink()
    finally:
        os.close(handle)


def _make(path: Path) -> None:
    draft = path.with_name(path.name + ".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        if os.write(handle, first_page()) < PAGE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    finally:
        os.close(handle)
    draft.replace(path)
