"""Strava's activities.csv: which file is which sport, and which activities have no file at all.

The rule of this file: the head of the table is in the person's language, so a column is known by what stands in it
(files are named `activities/...`), the kind of sport by its place or one of its known names.
Source: Strava's bulk export since 2018 (Activity ID, Date, Name, Type, Description, Elapsed Time, Distance, ...).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

_FILE = re.compile(r"activities[/\\][^/\\]+\.(fit|gpx|tcx)(\.gz)?", re.IGNORECASE)
_TYPE_PLACE = 3
_TYPE_HEADS = frozenset({
    "type", "activity type", "aktivitätsart", "type d'activité", "type d’activité", "tipo de actividad",
    "tipo di attività", "tipo de atividade", "activiteitstype", "type activiteit", "aktivitetstyp", "aktivitetstype",
})  # fmt: skip
#: Kinds in other languages -> spelling for `sport_of`.
_KINDS = {
    "lauf": "run", "laufen": "run", "traillauf": "trail_running", "spaziergang": "walk", "gehen": "walk",
    "wanderung": "hike", "wandern": "hike", "radfahrt": "ride", "fahrt": "ride", "schwimmen": "swim",
    "virtueller lauf": "virtual_run", "virtuelle radfahrt": "virtual_ride", "course à pied": "run", "course": "run",
    "trail": "trail_running", "marche": "walk", "randonnée": "hike", "sortie à vélo": "ride", "vélo": "ride",
    "natation": "swim", "carrera": "run", "carrera de montaña": "trail_running", "caminata": "walk",
    "senderismo": "hike", "bicicleta": "ride", "ciclismo": "ride", "natación": "swim", "corsa": "run",
    "camminata": "walk", "escursione": "hike", "escursionismo": "hike", "pedalata": "ride", "nuoto": "swim",
    "corrida": "run", "caminhada": "walk", "trilha": "hike", "pedalada": "ride", "natação": "swim",
    "hardloopactiviteit": "run", "hardlopen": "run", "wandeling": "walk", "fietsrit": "ride", "zwemmen": "swim",
    "löpning": "run", "løb": "run", "løping": "run", "bieg": "run", "ラン": "run", "跑步": "run",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StravaTable:
    """What the table says: the sport of each file as it is spelt, and how many activities have no file."""

    sports: dict[str, str]
    """By file name as in the table, with forward slashes."""
    listed: int
    without_file: int
    problems: tuple[str, ...]


def read_table(content: bytes) -> StravaTable:
    """Return what the table says; an unreadable or foreign table says nothing."""
    text, problems = _decoded(content), []
    first = text.partition("\n")[0]
    rows: list[list[str]] = []
    try:
        rows += csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    except csv.Error as problem:
        problems.append(f"the table breaks off in row {len(rows) + 1}: {problem}")
    head, body = (rows[0], [row for row in rows[1:] if any(row)]) if rows else ([], [])
    place, kind_place = _file_place(body), _kind_place(head)
    if place < 0:
        return StravaTable({}, len(body), len(body), (*problems, "no column names files"))
    sports, without = {}, 0
    for row in body:
        name = row[place].strip().replace("\\", "/") if len(row) > place else ""
        if name:
            sports[name] = _sport(row[kind_place] if len(row) > kind_place else "")
        else:
            without += 1
    return StravaTable(sports, len(body), without, tuple(problems))


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").replace("\0", "")
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").replace("\0", "")


def _file_place(rows: list[list[str]]) -> int:
    """Return the column whose cells name files, -1 where none does."""
    votes: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(row):
            if _FILE.fullmatch(cell.strip()):
                votes[place] = votes.get(place, 0) + 1
    return max(votes, key=lambda place: votes[place], default=-1)


def _kind_place(head: list[str]) -> int:
    named = (i for i, cell in enumerate(head) if cell.strip().casefold() in _TYPE_HEADS)
    return next(named, _TYPE_PLACE)


def _sport(kind: str) -> str:
    plain = kind.strip().casefold()
    return _KINDS.get(plain, plain)
