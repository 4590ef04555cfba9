"""The check of a diary: every page, every row, every sequence, each defect named.

The rule of this file: it reads only, it never raises for damage, and one defect never hides the others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from app.store.checksums import Value
from app.store.errors import DAMAGE, StoreError, translated
from app.store.reading import read_segments
from app.store.rows import Health
from app.store.runs import RunKey, RunRecord, record_of
from app.store.schema import (
    META,
    RUNS,
    SEGMENTS,
    Table,
    connect,
    expected_schema,
    file_uri,
    refuse_unknown,
    segment_id,
    segment_place,
    stored_schema,
    tables_of,
)
from app.store.seal import PAGE_BYTES, PageFile, log_bytes

_SHOWN_PAGES = 20


def examine(path: Path) -> Health:
    """Return what a full check of a diary file finds; whatever the file is, it is not changed."""
    try:
        path = path.resolve()
        unusable = _unusable(path)
        if unusable:
            return _hopeless(unusable)
        pages = PageFile(path)
    except OSError as error:
        return _hopeless(f"the diary {path} cannot be read: {error.strerror}")
    try:
        return _examined(path, pages)
    finally:
        pages.close()


def _hopeless(problem: str) -> Health:
    return Health(False, 0, 0, 0, (problem,))


def _unusable(path: Path) -> str:
    if not path.exists():
        return f"there is no diary at {path}"
    if not path.is_file():
        return f"{path} is not a file, so it is not a diary"
    if path.stat().st_size == 0 and log_bytes(path) == 0:
        return f"the diary {path} is empty (0 bytes)"
    return ""


def _examined(path: Path, pages: PageFile) -> Health:
    database = None
    try:
        database = opened_to_read(path)
        if refuse_unknown(database, str(path)) == 0:
            # made, and then killed before it got its tables: sound, and the next start goes on from here
            return Health(True, 0, 0, 0, ())
        return checked(database, path, pages)
    except StoreError as error:
        return _hopeless(str(error))
    except DAMAGE as error:
        return _hopeless(str(translated(error, str(path))))
    finally:
        if database is not None:
            database.close()


def opened_to_read(path: Path) -> Database:
    """Return a connection that writes nothing; an immutable one where the folder forbids even shared memory."""
    for mode in ("rw", "ro", "ro&immutable=1"):
        database = connect(file_uri(path, mode), uri=True)
        try:
            database.execute("PRAGMA query_only = ON")
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return database
        except sqlite3.OperationalError as error:
            database.close()
            if mode.endswith("immutable=1") or error.sqlite_errorcode & 0xFF not in (
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_READONLY,
            ):
                raise
        except DAMAGE:
            database.close()
            raise
    raise AssertionError("unreachable")


def checked(database: Database, path: Path | None, pages: PageFile | None) -> Health:
    """Return what a full check of an open diary finds, in one consistent view of it."""
    connection = database.conn
    problems: list[str] = []
    try:
        connection.execute("BEGIN")
        return _checked_view(database, path, pages, problems)
    except DAMAGE as error:
        problems.append(f"the diary cannot be read ({error})")
        return Health(False, 0, 0, 0, tuple(problems))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _checked_view(database: Database, path: Path | None, pages: PageFile | None, problems: list[str]) -> Health:
    connection = database.conn
    epoch = _guarded(problems, "the diary's epoch cannot be read", lambda: _epoch(connection))
    if path is not None and pages is not None:
        problems += _differing_pages(connection, path, pages, epoch)
    _guarded(problems, "the structure cannot be checked", lambda: problems.extend(_structure(database)))
    for table in tables_of(refuse_unknown(database, "")):
        if table is not SEGMENTS:
            problems += _damaged_rows(connection, table)
    records = _records(connection)
    samples = 0
    for key, record in records:
        step = partial(_run, connection, key, record, problems)
        samples += _guarded(problems, f"run {record.run_id} cannot be read", step) or 0
    _guarded(problems, "segments cannot be listed", lambda: problems.extend(_strays(connection, records)))
    open_runs = sum(record.state == "open" for _, record in records)
    return Health(not problems, len(records), open_runs, samples, tuple(problems))


def _guarded(problems: list[str], what: str, step: Callable[[], int | None]) -> int | None:
    try:
        return step()
    except (*DAMAGE, ValueError, TypeError) as error:
        problems.append(f"{what} ({error})")
        return None


def _epoch(connection: sqlite3.Connection) -> int | None:
    row = connection.execute(META.select("WHERE id = 1")).fetchone()
    if row is None:
        raise ValueError("its row is missing")
    return int(row[1]) if META.intact(row) else None


def _structure(database: Database) -> Iterator[str]:
    expected, stored = expected_schema(refuse_unknown(database, "")), stored_schema(database)
    for name in sorted(expected.keys() | stored.keys()):
        if expected.get(name) != stored.get(name):
            yield f"the definition of {name} is not the one of this diary version"
    for (finding,) in database.execute("PRAGMA integrity_check").fetchall():
        if finding != "ok":
            yield f"SQLite: {finding}"


def _damaged_rows(connection: sqlite3.Connection, table: Table) -> Iterator[str]:
    number = 0
    try:
        for row in connection.execute(table.select("ORDER BY id")):
            number = row[0]
            if not table.intact(row):
                yield f"row {number} of {table.name}{_named(table, row)} is damaged: its checksum does not match"
    except DAMAGE as error:
        yield f"{table.name} cannot be read behind row {number} ({error})"


def _named(table: Table, row: tuple[Value, ...]) -> str:
    return f" (run {row[1]!r})" if table is RUNS else ""


def _records(connection: sqlite3.Connection) -> list[tuple[RunKey, RunRecord]]:
    """Return every run that can still be read; what cannot was named by the check of the rows."""
    records: list[tuple[RunKey, RunRecord]] = []
    rows = connection.execute(RUNS.select("ORDER BY id"))
    while True:
        try:
            row = rows.fetchone()
        except DAMAGE:
            return records
        if row is None:
            return records
        if RUNS.intact(row):
            records.append(record_of(row))


def _run(connection: sqlite3.Connection, key: RunKey, record: RunRecord, problems: list[str]) -> int:
    samples = 0
    for segment in read_segments(connection, key, record):
        samples += segment.count
        if segment.problem:
            problems.append(segment.problem)
    return samples


def _strays(connection: sqlite3.Connection, records: list[tuple[RunKey, RunRecord]]) -> Iterator[str]:
    """Yield a sentence for each run number that owns segments but no readable run."""
    known, key = {key for key, _ in records}, -1
    while True:
        row = connection.execute(
            "SELECT min(id) FROM segments WHERE id >= ?", (segment_id(key + 1, 0) if key >= 0 else -(2**63),)
        ).fetchone()
        if row[0] is None:
            return
        key = segment_place(int(row[0]))[0]
        if key not in known:
            yield f"segments of a run that cannot be read (its number is {key}) are left without it"
        if key < 0:
            return


def _differing_pages(connection: sqlite3.Connection, path: Path, pages: PageFile, epoch: int | None) -> Iterator[str]:
    """Yield a sentence per page that is not as it was sealed; nothing where there is no seal for this state."""
    if epoch is None or log_bytes(path) or not pages.sealed_as(epoch):
        return
    stated, size = pages.sizes()
    differing = list(pages.differing())
    for page in differing[:_SHOWN_PAGES]:
        yield f"page {page} of {stated} is not as it was written{_held_by(connection, page)}"
    if len(differing) > _SHOWN_PAGES:
        yield f"{len(differing) - _SHOWN_PAGES} more pages are not as they were written"
    if size != stated * PAGE_BYTES:
        yield f"the file has {size} bytes, it was closed with {stated * PAGE_BYTES}"


def _held_by(connection: sqlite3.Connection, page: int) -> str:
    """Return which table or index a page belongs to, empty where SQLite cannot tell."""
    try:
        row = connection.execute("SELECT name FROM dbstat WHERE pageno = ?", (page,)).fetchone()
    except DAMAGE:
        return ""
    return f" (it holds part of {row[0]})" if row else " (free space)"
