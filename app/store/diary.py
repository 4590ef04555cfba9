"""The diary: one object over one file, every write one durable transaction.

The rule of this file: when a writing method returns, what it wrote survives kill -9 (write-ahead log,
synchronous=FULL); when it raises, nothing of it is stored and everything stored before still is.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from app.store import personal, runs
from app.store.errors import StoreError, StoreReason, store_errors
from app.store.health import checked
from app.store.making import ensure_file
from app.store.reading import read_samples
from app.store.rows import (
    DecisionRow,
    Health,
    OpenRun,
    RunRow,
    SentenceRow,
    laps_from,
    laps_text,
    pauses_from,
    pauses_text,
)
from app.store.runs import RunRecord, WholeRun
from app.store.schema import BUSY_WAIT_S, META, RUNS, connect, file_uri, new_epoch, prepare
from app.store.seal import PageFile, log_bytes
from app.store.segments import RECORDING_SPAN_S
from device.files.recording import Lap, Recording
from edge.coach.plausible import implausible, plausible
from edge.coach.said import Constraint, Said
from edge.coach.types import Profile, Race
from edge.samples import Samples
from edge.summary import Pause, RunSummary


class Store:
    """A runner's diary. Open it, use it from any thread, close it; an open diary may be killed at any instant."""

    def __init__(self, path: Path, *, create: bool = True, busy_wait_s: float = BUSY_WAIT_S) -> None:
        self._open(path, create, busy_wait_s)

    @classmethod
    def in_memory(cls) -> Store:
        """Return an empty diary that lives as long as the object does."""
        store = cls.__new__(cls)
        store._path, store._pages = None, None
        store._begin(connect(":memory:"))
        return store

    def _open(self, path: Path, create: bool, busy_wait_s: float) -> None:
        # SQLite keeps its log beside the file that a link points to, so that is the path.
        path = path.resolve()
        self._path: Path | None = path
        self._pages: PageFile | None = None
        ensure_file(path, create)
        try:
            self._pages = PageFile(path)
            with store_errors(str(path)):
                self._begin(_connected(path, busy_wait_s))
        except BaseException:
            if self._pages is not None:
                self._pages.close()
            raise

    def _begin(self, database: Database) -> None:
        self._lock = threading.RLock()
        self._closed = False
        self._database = database
        self._connection: sqlite3.Connection = database.conn
        try:
            prepare(database, self.where)
        except BaseException:
            database.close()
            raise

    @property
    def where(self) -> str:
        """The diary's file as text for messages."""
        return "memory" if self._path is None else str(self._path)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the diary and, where nobody else is writing, seal it. Closing again does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            # A seal is a convenience of the next check: a diary that cannot be sealed now is whole all the same.
            with contextlib.suppress(sqlite3.Error, OSError):
                self._seal()
            self._database.close()
            if self._pages is not None:
                self._pages.close()

    def _seal(self) -> None:
        if self._path is None or self._pages is None or not self._pages.has_trailers():
            return
        if log_bytes(self._path) == 0 and self._pages.sealed_as(self._epoch()):
            return
        self._connection.execute("PRAGMA busy_timeout = 100")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            if log_bytes(self._path) == 0:
                self._pages.seal(self._epoch())
        finally:
            self._connection.execute("ROLLBACK")

    def _epoch(self) -> int:
        return int(self._connection.execute("SELECT epoch FROM meta WHERE id = 1").fetchone()[0])

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that takes the write lock first, voids the seal, and commits or leaves no trace."""
        with self._lock, store_errors(self.where):
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._void_seal(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _void_seal(self, connection: sqlite3.Connection) -> None:
        if self._pages is not None and self._pages.sealed_as(self._epoch()):
            META.insert(connection, (1, new_epoch()))

    @contextlib.contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the diary, which no writer can change underneath."""
        with self._lock, store_errors(self.where):
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    # Recording

    def start_run(
        self,
        *,
        source: str,
        sport: str,
        sub_sport: str = "",
        start_unix_s: float,
        utc_offset_s: float = math.nan,
        device: str = "",
        boot_id: str = "",
        boot_s: float = math.nan,
    ) -> str:
        """Open a run and return its id; `boot_id` and `boot_s` tell the clock it started on (see `OpenRun`)."""
        place = (source, sport, sub_sport, start_unix_s, utc_offset_s, device)
        record = RunRecord("", "open", *place, boot_id=boot_id, boot_s=boot_s)
        with self.writing() as connection:
            return runs.new_record(connection, record)[1].run_id

    def append(self, run_id: str, samples: Sequence[Samples]) -> int:
        """Store samples of an open run durably; returns the number of samples that the run now holds."""
        with self.writing() as connection:
            key, record = runs.find_record(connection, run_id)
            if record.state != "open":
                raise StoreError(f"run {run_id} is finished: nothing can be added to it", StoreReason.UNKNOWN_ID)
            end = runs.tail(connection, key)
            return runs.append_segments(connection, key, end, samples, RECORDING_SPAN_S)[1]

    def mark(self, run_id: str, pauses: Sequence[Pause], laps: Sequence[Lap]) -> None:
        """Keep the pauses and laps that the person made in an open run, in place of those before."""
        with self.writing() as connection:
            key, record = runs.find_record(connection, run_id)
            runs.save_record(connection, key, replace(record, pauses=pauses_text(pauses), laps=laps_text(laps)))

    def finish_run(self, run_id: str, summary: RunSummary) -> None:
        """Close a run with its summary; from then on its number of segments is fixed."""
        with self.writing() as connection:
            key, record = runs.find_record(connection, run_id)
            end = runs.tail(connection, key)
            done = replace(record, state="finished", segments=end.segments, samples=end.samples)
            runs.save_record(connection, key, done)
            runs.save_summary(connection, key, summary)

    def open_runs(self) -> list[RunRow]:
        """Return the runs that are being recorded or were cut off, oldest first."""
        return self._select("WHERE state = 'open' ORDER BY start_unix_s, id")

    def open_run(self, run_id: str) -> OpenRun:
        """Return where a run stands, which is what a recorder needs to go on with it."""
        with self._read() as connection:
            key, r = runs.find_record(connection, run_id)
            end = runs.tail(connection, key)
        return OpenRun(run_id, r.source, r.start_unix_s, end.last_s, end.samples, r.boot_id, r.boot_s)

    # Files

    def add_recording(
        self,
        recording: Recording,
        summary: RunSummary,
        *,
        source: str = "import",
        file_name: str = "",
        file_sha256: str = "",
    ) -> str:
        """Store a whole recording as a finished run in one transaction; returns its id."""
        whole = WholeRun(recording, summary, source, file_name, file_sha256)
        with self.writing() as connection:
            return runs.add_whole(connection, whole)

    def add_recordings(self, several: Iterable[WholeRun]) -> tuple[str, ...]:
        """Store many whole recordings, one after the other as they come, in one transaction; returns their ids."""
        with self.writing() as connection:
            return tuple(runs.add_whole(connection, whole) for whole in several)

    def enrich(self, run_id: str, richer: runs.Richer) -> None:
        """Store what a finished run is made of now in place of what it was made of."""
        with self.writing() as connection:
            runs.replace_samples(connection, run_id, richer)

    def has_file(self, sha256: str) -> tuple[str, ...]:
        """Return the ids of the runs that came from exactly this file."""
        with self._read() as connection:
            found = connection.execute("SELECT run_id FROM runs WHERE file_sha256 = ? ORDER BY id", (sha256,))
            return tuple(str(row[0]) for row in found)

    # Reading

    def runs(
        self, *, since_unix_s: float = -math.inf, until_unix_s: float = math.inf, sport: str | None = None
    ) -> list[RunRow]:
        """Return the runs that started in a stretch of time (both ends included), oldest first."""
        clause = "WHERE start_unix_s >= ? AND start_unix_s <= ? AND (? IS NULL OR sport = ?) ORDER BY start_unix_s, id"
        return self._select(clause, since_unix_s, until_unix_s, sport, sport)

    def run(self, run_id: str) -> RunRow:
        """Return one run; raises StoreError for an unknown id."""
        with self._read() as connection:
            return runs.row_of(connection, *runs.find_record(connection, run_id))

    def samples(self, run_id: str) -> tuple[tuple[Samples, ...], tuple[str, ...]]:
        """Return a run's readable samples, one object per stream in time order, and a sentence per damaged segment."""
        with self._read() as connection:
            return read_samples(connection, *runs.find_record(connection, run_id))

    def laps(self, run_id: str) -> tuple[Lap, ...]:
        """Return a run's laps as the device stated them."""
        with self._read() as connection:
            return laps_from(runs.find_record(connection, run_id)[1].laps)

    def pauses(self, run_id: str) -> tuple[Pause, ...]:
        """Return a run's pauses."""
        with self._read() as connection:
            return pauses_from(runs.find_record(connection, run_id)[1].pauses)

    def replace_summary(self, run_id: str, summary: RunSummary) -> None:
        """Store a summary that was computed again from the samples."""
        with self.writing() as connection:
            runs.save_summary(connection, runs.find_record(connection, run_id)[0], summary)

    def _select(self, clause: str, *values: str | float | None) -> list[RunRow]:
        with self._read() as connection:
            return [runs.row_of(connection, *runs.record_of(row)) for row in RUNS.rows(connection, clause, *values)]

    # The person, races, decisions

    def profile(self) -> Profile:
        """Return what the person said about themselves."""
        with self._read() as connection:
            return plausible(personal.profile(connection))

    def save_profile(self, profile: Profile) -> None:
        """Store what the person said about themselves; StoreError, in one line, for a number that nobody has."""
        if wrong := implausible(profile):
            raise StoreError(wrong, StoreReason.REFUSED)
        with self.writing() as connection:
            personal.save_profile(connection, profile)

    def add_race(self, race: Race) -> int:
        """Store a race and return its number; the same race entered again replaces its time and name."""
        with self.writing() as connection:
            return personal.add_race(connection, race)

    def races(self) -> list[Race]:
        """Return the entered races by day."""
        with self._read() as connection:
            return personal.races(connection)

    def save_decision(self, document: str, inputs: str, made_unix_s: float) -> str:
        """Store a decision's JSON texts and return its id, which depends on the texts alone."""
        with self.writing() as connection:
            return personal.save_decision(connection, document, inputs, made_unix_s)

    def decision(self, decision_id: str) -> DecisionRow:
        """Return one decision; raises StoreError for an unknown id."""
        with self._read() as connection:
            return personal.decision(connection, decision_id)

    def decisions(self, limit: int = 20) -> list[DecisionRow]:
        """Return the latest decisions, newest first."""
        with self._read() as connection:
            return personal.decisions(connection, limit)

    def add_outcome(self, decision_id: str, outcome: str, made_unix_s: float) -> None:
        """Store what came of a decision; raises StoreError for an unknown decision."""
        with self.writing() as connection:
            personal.add_outcome(connection, decision_id, outcome, made_unix_s)

    def outcomes(self, decision_id: str) -> tuple[str, ...]:
        """Return what came of a decision, oldest first."""
        with self._read() as connection:
            return personal.outcomes(connection, decision_id)

    def save_memory(self, name: str, state: bytes, made_unix_s: float) -> None:
        """Store what a model keeps of the person, in place of what it kept before."""
        with self.writing() as connection:
            personal.save_memory(connection, name, state, made_unix_s)

    def memory(self, name: str) -> bytes:
        """Return what a model keeps of the person; empty where that is nothing or damaged."""
        with self._read() as connection:
            return personal.memory(connection, name)

    def add_sentence(self, text: str, understood: Sequence[Constraint], said_unix_s: float) -> int:
        """Store what the person said and what was understood of it; returns its number."""
        with self.writing() as connection:
            return personal.add_sentence(connection, text, understood, said_unix_s)

    def take_back(self, number: int, unix_s: float) -> None:
        """Mark a sentence as taken back; raises StoreError for an unknown number."""
        with self.writing() as connection:
            personal.take_back(connection, number, unix_s)

    def sentences(self) -> list[SentenceRow]:
        """Return everything that was said, oldest first, what was taken back included."""
        with self._read() as connection:
            return personal.sentences(connection)

    def said(self) -> tuple[Said, ...]:
        """Return every constraint that was said and not taken back, oldest first."""
        rows = [row for row in self.sentences() if math.isnan(row.taken_back_unix_s)]
        return tuple(Said(one, row.said_unix_s, row.number) for row in rows for one in row.understood)

    def check(self) -> Health:
        """Return what a full check of every row, page and sequence finds; reads only."""
        with self._lock:
            return checked(self._database, self._path, self._pages)


def _connected(path: Path, busy_wait_s: float) -> Database:
    """Return a connection that can at least read: a diary in a read-only folder is opened as it lies."""
    database = connect(file_uri(path, "rw"), uri=True, busy_wait_s=busy_wait_s)
    try:
        database.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        database.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or log_bytes(path):
            raise
        return connect(file_uri(path, "ro&immutable=1"), uri=True, busy_wait_s=busy_wait_s)
    return database
