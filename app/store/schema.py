"""The diary's tables, their migrations, and how a connection to them is opened.

The rule of this file: a migration is numbered, runs in one transaction and is never edited once released;
`PRAGMA user_version` counts them. A diary of a newer version is refused before anything is written.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from app.store.checksums import Value, row_checksum
from app.store.errors import StoreError, StoreReason

#: "KDNZ", so that `file` and other tools can tell a diary from any other SQLite file.
APPLICATION_ID = 0x4B444E5A
BUSY_WAIT_S = 5.0

_FIRST = """
CREATE TABLE meta (id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE runs (
 id INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, source TEXT NOT NULL,
 sport TEXT NOT NULL, sub_sport TEXT NOT NULL, start_unix_s REAL NOT NULL, utc_offset_s REAL,
 device TEXT NOT NULL, file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL, boot_id TEXT NOT NULL, boot_s REAL,
 stated TEXT NOT NULL, pauses TEXT NOT NULL, laps TEXT NOT NULL, segments INTEGER, samples INTEGER,
 checksum BLOB NOT NULL);
CREATE INDEX runs_by_start ON runs (start_unix_s);
CREATE INDEX runs_by_file ON runs (file_sha256);
CREATE TABLE segments (
 id INTEGER PRIMARY KEY, stream TEXT NOT NULL, before INTEGER NOT NULL, count INTEGER NOT NULL,
 from_s REAL, to_s REAL, payload BLOB NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE summaries (id INTEGER PRIMARY KEY, document TEXT NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE profile (id INTEGER PRIMARY KEY, document TEXT NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE races (
 id INTEGER PRIMARY KEY, day INTEGER NOT NULL, distance_m REAL, time_s REAL, name TEXT NOT NULL,
 checksum BLOB NOT NULL);
CREATE TABLE decisions (
 id INTEGER PRIMARY KEY, decision_id TEXT NOT NULL UNIQUE, made_unix_s REAL NOT NULL, document TEXT NOT NULL,
 inputs TEXT NOT NULL, checksum BLOB NOT NULL);
CREATE TABLE outcomes (
 id INTEGER PRIMARY KEY, decision_id TEXT NOT NULL, outcome TEXT NOT NULL, made_unix_s REAL NOT NULL,
 checksum BLOB NOT NULL)
"""
_MEMORIES = """
CREATE TABLE memories (
 id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, made_unix_s REAL NOT NULL, state BLOB NOT NULL,
 checksum BLOB NOT NULL)
"""
_SAID = """
CREATE TABLE sentences (
 id INTEGER PRIMARY KEY, said_unix_s REAL NOT NULL, text TEXT NOT NULL, understood TEXT NOT NULL,
 taken_back_unix_s REAL, checksum BLOB NOT NULL)
"""
MIGRATIONS: tuple[str, ...] = (_FIRST, _MEMORIES, _SAID)
VERSION = len(MIGRATIONS)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and its columns in the order that their checksum covers."""

    name: str
    columns: tuple[str, ...]
    since: int = 1
    """The diary version that brought it."""

    def insert(self, connection: sqlite3.Connection, values: tuple[Value, ...]) -> None:
        """Insert or replace one row with its checksum; the values come in the order of `columns`."""
        marks = ", ".join("?" * (len(values) + 1))
        sql = f"INSERT OR REPLACE INTO {self.name} ({', '.join(self.columns)}, checksum) VALUES ({marks})"
        connection.execute(sql, (*values, row_checksum(self.name, values)))

    def select(self, suffix: str = "") -> str:
        """Return the SELECT for all columns and the checksum."""
        return f"SELECT {', '.join(self.columns)}, checksum FROM {self.name} {suffix}"

    def rows(self, connection: sqlite3.Connection, suffix: str, *values: Value) -> list[tuple[Value, ...]]:
        """Return the rows of `select` that pass their checksum; what does not is for the doctor to name."""
        found = connection.execute(self.select(suffix), values).fetchall()
        return [row for row in found if self.intact(row)]

    def intact(self, row: tuple[Value, ...]) -> bool:
        """Return whether a row of `select` still has the checksum that it was written with."""
        return row_checksum(self.name, row[:-1]) == row[-1]


META = Table("meta", ("id", "epoch"))
RUNS = Table(
    "runs",
    (
        *("id", "run_id", "state", "source", "sport", "sub_sport", "start_unix_s", "utc_offset_s", "device"),
        *("file_name", "file_sha256", "boot_id", "boot_s", "stated", "pauses", "laps", "segments", "samples"),
    ),
)
SEGMENTS = Table("segments", ("id", "stream", "before", "count", "from_s", "to_s", "payload"))
SUMMARIES = Table("summaries", ("id", "document"))
PROFILE = Table("profile", ("id", "document"))
RACES = Table("races", ("id", "day", "distance_m", "time_s", "name"))
DECISIONS = Table("decisions", ("id", "decision_id", "made_unix_s", "document", "inputs"))
OUTCOMES = Table("outcomes", ("id", "decision_id", "outcome", "made_unix_s"))
MEMORIES = Table("memories", ("id", "name", "made_unix_s", "state"), since=2)
SENTENCES = Table("sentences", ("id", "said_unix_s", "text", "understood", "taken_back_unix_s"), since=3)
TABLES = (META, RUNS, SEGMENTS, SUMMARIES, PROFILE, RACES, DECISIONS, OUTCOMES, MEMORIES, SENTENCES)

#: A segment's row number is its run's number and its place in that run, so that the key is covered too.
_SEGMENTS_PER_RUN = 1 << 32


def segment_id(run: int, place: int) -> int:
    """Return the row number of the segment at a place (from 0) of a run."""
    return run * _SEGMENTS_PER_RUN + place


def segment_place(row_id: int) -> tuple[int, int]:
    """Return the run's row number and the place in it of a segment's row number."""
    return divmod(row_id, _SEGMENTS_PER_RUN)


def connect(target: str, *, uri: bool = False, busy_wait_s: float = BUSY_WAIT_S) -> Database:
    """Return a connection in explicit transactions whose texts survive damaged bytes."""
    connection = sqlite3.connect(target, uri=uri, timeout=busy_wait_s, isolation_level=None, check_same_thread=False)
    connection.text_factory = _text
    return Database(connection, execute_plugins=False, recursive_triggers=False)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def refuse_unknown(database: Database, where: str) -> int:
    """Return the diary's version; raises StoreError for a newer version or a file of another program."""
    version, application, tables = _marks(database)
    if application != APPLICATION_ID and (version or application or tables):
        raise StoreError(f"this file is not a Kadenz diary: {where}", StoreReason.FOREIGN)
    if version > VERSION:
        raise StoreError(
            f"this diary was written by a newer Kadenz (diary version {version}, this program knows {VERSION}): "
            f"nothing was touched, update Kadenz to open it ({where})",
            StoreReason.NEWER,
        )
    return version


def _marks(database: Database) -> tuple[int, int, int]:
    """Return version, application and number of tables as they stood at one instant: another may be making it now."""
    connection = database.conn
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    try:
        words = ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
        version, application, tables = (int(connection.execute(one).fetchone()[0]) for one in words)
    finally:
        if alone:
            connection.execute("ROLLBACK")
    return version, application, tables


def prepare(database: Database, where: str) -> None:
    """Make a new or older diary current, durable and ready to write; each migration is one transaction."""
    version = refuse_unknown(database, where)
    if database.journal_mode not in ("wal", "memory"):
        database.execute("PRAGMA journal_mode = WAL")
    for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        database.execute(f"PRAGMA {pragma}")
    if version < VERSION:
        _migrate(database, where)


def _migrate(database: Database, where: str) -> None:
    connection = database.conn
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(refuse_unknown(database, where), VERSION):
            for statement in MIGRATIONS[number].split(";"):
                connection.execute(statement)
            if number == 0:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                META.insert(connection, (1, new_epoch()))
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def new_epoch() -> int:
    """Return a fresh random name for a state of the diary's pages, which a seal refers to."""
    return secrets.randbits(62)


def tables_of(version: int) -> tuple[Table, ...]:
    """Return the tables that a diary of a version has."""
    return tuple(table for table in TABLES if table.since <= version)


def expected_schema(version: int) -> dict[str, str]:
    """Return the SQL of every table and index of a diary of a version by name."""
    database = connect(":memory:")
    try:
        for statement in ";".join(MIGRATIONS[:version]).split(";"):
            database.execute(statement)
        return stored_schema(database)
    finally:
        database.close()


def stored_schema(database: Database) -> dict[str, str]:
    """Return the SQL of every table and index of this diary by name."""
    rows = database.execute("SELECT type || ' ' || name || ' of ' || tbl_name, coalesce(sql, '') FROM sqlite_master")
    return {str(name): str(sql) for name, sql in rows}


def file_uri(path: Path, mode: str) -> str:
    """Return the SQLite URI of a file that exists, in a mode such as "rw" or "ro&immutable=1"."""
    return f"{path.resolve().as_uri()}?mode={mode}"
