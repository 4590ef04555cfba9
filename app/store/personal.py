"""What the person said, entered and was told, and what was learned of them: profile, races, decisions, memories.

The rule of this file: functions on a connection, inside a transaction that the caller holds.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence

from app.store.checksums import Value, loaded_float, stored_float
from app.store.errors import StoreError, StoreReason
from app.store.rows import (
    FORGOTTEN,
    DecisionRow,
    SentenceRow,
    is_forgotten,
    profile_from,
    profile_text,
    understood_from,
    understood_text,
)
from app.store.schema import DECISIONS, MEMORIES, OUTCOMES, PROFILE, RACES, SENTENCES
from edge.coach.said import Constraint
from edge.coach.types import Profile, Race


def profile(connection: sqlite3.Connection) -> Profile:
    """Return the stored profile, an empty one where nothing was said; raises StoreError for a damaged one."""
    row = connection.execute(PROFILE.select("WHERE id = 1")).fetchone()
    if row is None:
        return Profile()
    if not PROFILE.intact(row):
        # An empty profile instead would drop an injury without a word.
        raise StoreError("what you said about yourself is damaged: run `kadenz doctor`", StoreReason.DAMAGED)
    return profile_from(row[1])


def save_profile(connection: sqlite3.Connection, said: Profile) -> None:
    """Store the profile."""
    PROFILE.insert(connection, (1, profile_text(said)))


def add_race(connection: sqlite3.Connection, race: Race) -> int:
    """Store a race and return its number; day and distance tell one race from another."""
    known = connection.execute("SELECT id FROM races WHERE day = ? AND distance_m = ?", (race.day, race.distance_m))
    found = known.fetchone() or connection.execute("SELECT coalesce(max(id), 0) + 1 FROM races").fetchone()
    number = int(found[0])
    values = (number, int(race.day), stored_float(race.distance_m), stored_float(race.time_s), race.name)
    RACES.insert(connection, values)
    return number


def races(connection: sqlite3.Connection) -> list[Race]:
    """Return the races by day."""
    return [_race(row) for row in RACES.rows(connection, "ORDER BY day, id")]


def _race(row: Sequence[Value]) -> Race:
    _, day, distance_m, time_s, name, _ = row
    return Race(int(day or 0), loaded_float(distance_m), loaded_float(time_s), str(name))


def save_decision(connection: sqlite3.Connection, document: str, inputs: str, made_unix_s: float) -> str:
    """Store a decision and return its id; the same texts again are the same decision, first time kept."""
    digest = hashlib.blake2b(f"{document}\0{inputs}".encode(), digest_size=8).hexdigest()
    for length in range(6, 17):
        found = connection.execute(DECISIONS.select("WHERE decision_id = ?"), (digest[:length],)).fetchone()
        if found is None:
            key = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM decisions").fetchone()[0])
            DECISIONS.insert(connection, (key, digest[:length], float(made_unix_s), document, inputs))
            return digest[:length]
        if tuple(found[3:5]) == (document, inputs):
            return digest[:length]
    raise StoreError("two decisions share one digest", StoreReason.DAMAGED)


def decision(connection: sqlite3.Connection, decision_id: str) -> DecisionRow:
    """Return one decision; raises StoreError for an unknown id."""
    row = connection.execute(DECISIONS.select("WHERE decision_id = ?"), (decision_id,)).fetchone()
    if row is None:
        raise StoreError(f"there is no decision {decision_id!r} in the diary", StoreReason.UNKNOWN_ID)
    if not DECISIONS.intact(row):
        raise StoreError(f"decision {decision_id} is damaged: run `kadenz doctor`", StoreReason.DAMAGED)
    if is_forgotten(str(row[3])):
        day = json.loads(row[3])["forgotten"]
        raise StoreError(
            f"decision {decision_id} rested on runs that you had forgotten on {day}: nothing of it is kept",
            StoreReason.FORGOTTEN,
        )
    return DecisionRow(*row[1:5])


def decisions(connection: sqlite3.Connection, limit: int) -> list[DecisionRow]:
    """Return the latest decisions, newest first; what rested on forgotten runs is left out."""
    rows = DECISIONS.rows(
        connection, f"WHERE document NOT LIKE '{FORGOTTEN}%' ORDER BY made_unix_s DESC, id DESC LIMIT ?", limit
    )
    return [DecisionRow(*row[1:5]) for row in rows]  # type: ignore[arg-type]


def add_outcome(connection: sqlite3.Connection, decision_id: str, outcome: str, made_unix_s: float) -> None:
    """Store what came of a decision; raises StoreError for an unknown decision."""
    decision(connection, decision_id)
    key = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM outcomes").fetchone()[0])
    OUTCOMES.insert(connection, (key, decision_id, outcome, float(made_unix_s)))


def outcomes(connection: sqlite3.Connection, decision_id: str) -> tuple[str, ...]:
    """Return what came of a decision, oldest first."""
    return tuple(str(row[2]) for row in OUTCOMES.rows(connection, "WHERE decision_id = ? ORDER BY id", decision_id))


def save_memory(connection: sqlite3.Connection, name: str, state: bytes, made_unix_s: float) -> None:
    """Store what a model keeps of the person, in place of what it kept before."""
    known = connection.execute("SELECT id FROM memories WHERE name = ?", (name,)).fetchone()
    found = known or connection.execute("SELECT coalesce(max(id), 0) + 1 FROM memories").fetchone()
    MEMORIES.insert(connection, (int(found[0]), name, float(made_unix_s), state))


def memory(connection: sqlite3.Connection, name: str) -> bytes:
    """Return what a model keeps of the person, empty where that is nothing or damaged: it can be learned again."""
    rows = MEMORIES.rows(connection, "WHERE name = ?", name)
    return rows[0][3] if rows and isinstance(rows[0][3], bytes) else b""


def add_sentence(
    connection: sqlite3.Connection, text: str, understood: Sequence[Constraint], said_unix_s: float
) -> int:
    """Store what the person said and what was understood of it; returns its number."""
    number = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM sentences").fetchone()[0])
    SENTENCES.insert(connection, (number, float(said_unix_s), text, understood_text(understood), None))
    return number


def take_back(connection: sqlite3.Connection, number: int, unix_s: float) -> None:
    """Mark a sentence as taken back; it stays readable. Raises StoreError for an unknown number."""
    found = [row for row in sentences(connection) if row.number == number]
    if not found:
        raise StoreError(f"there is no sentence {number} in the diary", StoreReason.UNKNOWN_ID)
    one = found[0]
    values = (number, one.said_unix_s, one.text, understood_text(one.understood), float(unix_s))
    SENTENCES.insert(connection, values)


def sentences(connection: sqlite3.Connection) -> list[SentenceRow]:
    """Return everything that was said, oldest first, what was taken back included.

    Raises StoreError for a damaged row: a pain must never be dropped without a word.
    """
    found = connection.execute(SENTENCES.select("ORDER BY said_unix_s, id")).fetchall()
    if not all(SENTENCES.intact(row) for row in found):
        raise StoreError("something that you said is damaged: run `kadenz doctor`", StoreReason.DAMAGED)
    return [
        SentenceRow(int(row[0]), loaded_float(row[1]), str(row[2]), understood_from(str(row[3])), loaded_float(row[4]))
        for row in found
    ]
