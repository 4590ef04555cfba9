"""What becomes of each thing that was learned or kept, when runs are forgotten or their positions made coarse.

The rule of this file: what the person said, chose or set stays; what was learned from runs goes and is learned again
from those that stay; a memory that this table does not know goes. A test asks for an entry for every memory that is
written.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable, Mapping

from app import choosing, coach, gait_watch, planning, trials, trip_feed, trips
from app.cards import history
from app.coach_inputs import read, text_of
from app.own import BEFORE, OWN
from app.sharing import CONSENTS, IN_USE, OUTGOING
from app.store.forgetting import EditMemory, Touched, Wanted
from edge.coarse import coarse_place_deg

#: Names that the app's screens keep things under; not imported, because a screen calls this.
SETTINGS, TURNING, EFFORTS = "app settings", "screen turning", "how hard runs felt"
#: The id of the calendar that plans are written to: random, says nothing of any run.
CALENDAR = "calendar"
#: Kept as they are: settings, and what the person said or chose.
SAID = frozenset({SETTINGS, TURNING, OWN, BEFORE, coach.WISHED, trips.HERE, trials.MEMORY, CONSENTS, IN_USE, CALENDAR})
#: Learned from runs, or from where the person was: the diary's next decision learns them again from what is left.
LEARNED = frozenset({coach.MEMORY, planning.ACCEPTED, trip_feed.WATCH, trip_feed.ASKED, OUTGOING})
#: A day's seconds; a choice was made on a local day, so one of the day before may be of the same hours.
_DAY_S = 86400.0
_Edit = Callable[[bytes, Wanted, Touched], bytes | None]


def edit_of(wanted: Wanted) -> Callable[[Touched], EditMemory]:
    """Return what makes, for what is touched, the new state of a memory of its name and state (None: it goes)."""

    def for_touched(found: Touched) -> EditMemory:
        return lambda name, state: _edited(name, state, wanted, found)

    return for_touched


def _edited(name: str, state: bytes, wanted: Wanted, found: Touched) -> bytes | None:
    if wanted.everything and not wanted.coarsens:
        return None
    if name in SAID:
        return state
    if name.startswith(gait_watch.name_of("")):
        return None if not wanted.coarsens and any(one.source != "import" for one in found.spans) else state
    if name in LEARNED or name not in EDITS:
        return None
    try:
        return EDITS[name](state, wanted, found)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # what cannot be read cannot be shown to hold nothing of the runs


def _efforts(state: bytes, wanted: Wanted, found: Touched) -> bytes | None:
    kept = json.loads(state or b"{}")
    left = {name: effort for name, effort in kept.items() if wanted.coarsens or name not in found.run_ids}
    return state if left == kept else json.dumps(left).encode()


def _cards(state: bytes, wanted: Wanted, found: Touched) -> bytes | None:
    """Leave out what was shown for a run that goes; that a card was shown is nothing of a run."""
    known = json.loads(state)
    left = [row for row in known["shown"] if wanted.coarsens or not any(one in str(row[3]) for one in found.run_ids)]
    return state if left == known["shown"] else json.dumps({**known, "shown": left}, separators=(",", ":")).encode()


def _choices(state: bytes, wanted: Wanted, found: Touched) -> bytes | None:
    """Leave out the choices since the earliest run that goes, whose circumstances rest on it, and how it all began."""
    if wanted.coarsens:
        return state
    kept = read(choosing.Choosing, json.loads(state))
    before = int(found.from_unix_s // _DAY_S) - 1 if math.isfinite(found.from_unix_s) else 0
    left = tuple(one for one in kept.log if one.day < before)
    return text_of(dataclasses.replace(kept, began="" if left != kept.log else kept.began, log=left)).encode()


def _trips(state: bytes, wanted: Wanted, found: Touched) -> bytes | None:
    """Leave out journeys that were noticed while a run that goes was run; where positions become coarse, theirs too."""
    rows = json.loads(state)
    if wanted.coarsens:
        left = [_coarse_trip(row, wanted.coarse_m) if row["source"] == trip_feed.NOTICED else row for row in rows]
    else:
        left = [row for row in rows if row["source"] != trip_feed.NOTICED or not _during(row, found)]
    return state if left == rows else json.dumps(left).encode()


def _during(row: Mapping[str, float], found: Touched) -> bool:
    leave_unix_s = math.inf if row["leave_unix_s"] is None else row["leave_unix_s"]
    return any(one.start_unix_s <= leave_unix_s and one.end_unix_s >= row["arrive_unix_s"] for one in found.spans)


def _coarse_trip(row: dict[str, object], width_m: float) -> dict[str, object]:
    place = row["place"]
    assert isinstance(place, dict)
    latitude, longitude = coarse_place_deg(place["latitude_deg"], place["longitude_deg"], width_m)
    return {**row, "place": {**place, "latitude_deg": latitude, "longitude_deg": longitude}}


#: What is left of a memory whose parts can be told apart.
EDITS: Mapping[str, _Edit] = {
    EFFORTS: _efforts,
    history.MEMORY: _cards,
    choosing.MEMORY: _choices,
    trips.TRIPS: _trips,
}
