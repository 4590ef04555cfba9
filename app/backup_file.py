"""The file of a backup: a tar archive with a note, a key locked by a passphrase, and the diary locked by that key.

The rule of this file: no cryptography of our own. Both locks are the age format (age-encryption.org/v1), made and
opened by the library pyrage, so the standard tools open a backup too: `tar xf FILE`, then
`age -d -i key.age diary.db.age > diary.db`. The key is made anew for each backup and its public half is written
nowhere, so only who knows the passphrase can make a diary that it opens. The archive has one possible form; any other
byte in it is damage.
"""

from __future__ import annotations

import errno
import os
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_BLOCK = tarfile.BLOCKSIZE
NOTE, KEY, DIARY = "README.txt", "key.age", "diary.db.age"
_MARK = b"A Kadenz backup, form 1."
_TEXT = (
    _MARK
    + b"""

Open it with Kadenz:     kadenz restore THIS-FILE
or without Kadenz:       tar xf THIS-FILE
                         age -d -i key.age -o diary.db diary.db.age
`age` (age-encryption.org) or `rage` asks for the passphrase. diary.db is an SQLite database; its tables are told in
docs/diary.md of Kadenz. Without the passphrase nobody can open it, its makers included.
"""
)
#: The most that a locked key can be, in bytes: a key of 74 in a scrypt header.
_LONGEST_KEY = 4096


class BackupError(Exception):
    """A backup cannot be made or opened; the text is the one line that the person reads."""


@dataclass(slots=True)
class _Counted:
    """A file that keeps the error that a library would turn into one of its own, and refuses more than `most` bytes."""

    file: BinaryIO
    most: int = -1
    count: int = 0
    problem: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        left = size if self.most < 0 else min(size if size >= 0 else self.most, self.most - self.count)
        try:
            found = self.file.read(left)
        except OSError as problem:
            self.problem = problem
            raise
        self.count += len(found)
        return found

    def write(self, content: bytes) -> int:
        try:
            written = self.file.write(content)
        except OSError as problem:
            self.problem = problem
            raise
        self.count += written
        return written

    def flush(self) -> None:
        self.file.flush()


def is_backup(head: bytes) -> bool:
    """Return whether a file that begins with these bytes is a backup, of this form or a later one."""
    return head.startswith(NOTE.encode() + b"\0") and head[_BLOCK:].startswith(_MARK[:15])


def locked_key(passphrase: str) -> tuple[bytes, bytes]:
    """Return a new key, and the same locked by a passphrase, each as text in bytes; takes about a second on purpose."""
    import pyrage

    key = str(pyrage.x25519.Identity.generate()).encode()
    return key, pyrage.passphrase.encrypt(key, passphrase)


def unlocked_key(locked: bytes, passphrase: str) -> bytes:
    """Return a locked key's text; BackupError for another passphrase or a damaged one."""
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(locked, passphrase))
    except pyrage.DecryptError as problem:
        raise BackupError("the passphrase is not the one of this backup, or its key is damaged") from problem
    except OSError as problem:
        raise BackupError("the backup's key is damaged") from problem


def write_backup(diary: BinaryIO, out: BinaryIO, key: bytes, locked: bytes) -> None:
    """Write the backup of a diary's bytes to a file that can seek; OSError where it cannot take them."""
    import pyrage

    _write_member(out, NOTE, _TEXT)
    _write_member(out, KEY, locked)
    head_at = out.tell()
    out.write(bytes(_BLOCK))
    source, target = _Counted(diary), _Counted(out)
    owner = pyrage.x25519.Identity.from_str(key.decode()).to_public()
    try:
        pyrage.encrypt_io(source, target, [owner])
    except (pyrage.EncryptError, OSError) as problem:
        raise _cause(source, target, problem) from problem
    out.write(bytes(-target.count % _BLOCK + 2 * _BLOCK))
    out.seek(head_at)
    out.write(_header(DIARY, target.count))


def read_key(file: BinaryIO) -> bytes:
    """Return the locked key of a backup, read from its beginning; BackupError for another file, form or damage."""
    head = file.read(_BLOCK)
    note = file.read(_padded(len(_TEXT)))
    if not is_backup(head + note):
        raise BackupError("this is not a Kadenz backup")
    if head != _header(NOTE, len(_TEXT)) or note != _TEXT.ljust(_padded(len(_TEXT)), b"\0"):
        if note.startswith(_MARK[:21]) and not note.startswith(_MARK):
            raise BackupError("this backup was written by a newer Kadenz: update Kadenz to open it")
        raise BackupError("the backup is damaged at its beginning")
    size = _size(file.read(_BLOCK), KEY, _LONGEST_KEY)
    locked = file.read(_padded(size))
    if len(locked) < _padded(size) or any(locked[size:]):
        raise BackupError("the backup is damaged or cut off behind its key")
    return locked[:size]


def read_diary(file: BinaryIO, key: bytes, out: BinaryIO) -> None:
    """Write the diary of a backup, behind its key, to a file; BackupError unless every byte is as it was written.

    What was written to `out` before that was found must not be used.
    """
    import pyrage

    size = _size(file.read(_BLOCK), DIARY, 1 << 62)
    source, target = _Counted(file, size), _Counted(out)
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(key.decode())])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError, ValueError) as problem:
        if source.problem or target.problem:
            raise _cause(source, target, problem) from problem
        raise BackupError("the backup is damaged or cut off: nothing of it was used") from problem
    end = file.read(_padded(size) - size + 2 * _BLOCK + 1)
    if source.count != size or len(end) != _padded(size) - size + 2 * _BLOCK or any(end):
        raise BackupError("the backup is damaged at its end: nothing of it was used")


def _cause(source: _Counted, target: _Counted, problem: BaseException) -> OSError:
    """Return the operating system's own error behind a library's."""
    found = target.problem or source.problem
    return found if found is not None else OSError(errno.EIO, str(problem))


def _padded(size: int) -> int:
    return size + -size % _BLOCK


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    # GNU form: sizes beyond 8 GiB fit the header
    return member.tobuf(tarfile.GNU_FORMAT)


def _size(head: bytes, name: str, most: int) -> int:
    """Return the size in bytes that a member's header tells, if every byte of it is as it would be written."""
    try:
        size = tarfile.TarInfo.frombuf(head, "utf-8", "strict").size
    except (tarfile.HeaderError, ValueError) as problem:
        raise BackupError("the backup is damaged or cut off: a part of it cannot be found") from problem
    if not 0 <= size <= most or head != _header(name, size):
        raise BackupError(f"the backup is damaged: {name} is not where it should be")
    return size


def _write_member(out: BinaryIO, name: str, content: bytes) -> None:
    out.write(_header(name, len(content)))
    out.write(content.ljust(_padded(len(content)), b"\0"))


def written_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its name, make it last, then give it the name: whole or not at all; OSError else."""
    draft = path.with_name(path.name + ".part")
    try:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make a folder's entries last through a power cut, where the system has handles to folders."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
