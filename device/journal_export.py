"""A journal that may be given away: the same frames, without whose, where and when.

The rule of this file: what is not understood is left out. Kept are characteristics that the wire layer reads, and of
those with a place or a date only frames that parse and can be written anew.

What changes: trackers become `tracker-1`, `tracker-2`; names, serial numbers and all device information go, and so
do addresses in causes; positions (0x2A67, the open tracker's, Polar's) move by one drawn offset, the track keeping
its shape in metres; dates move by one offset to 2000-01-01, Polar's stamps to 2019-01-01, arrival times to 0. What
stays: the shape of the track, heights and pressure, heart rate. Who knows the course may know it again; nothing else
here tells whose it is. A tracker whose reading depends on its name (`quirks`) decodes without that correction.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from device.journal import Event, JournalError, JournalWriter
from device.journal_link import open_recording
from device.link import LinkEvent, Packet
from device.wire import current_time, location, movesense, p8, polar, polar_location
from device.wire.errors import WireError
from device.wire.polar_frame import HEADER_BYTES
from device.wire.profiles import FACTS, PROFILES, short_uuid

_UTC_UNIX_S = 946_684_800  # 2000-01-01, where the first date goes
_PMD_NS = 599_616_000 * 10**9  # 2019-01-01 of a Polar clock, where an H10 begins after losing its time
_DAY_S = 86_400
_MOST_LATITUDE_DEG = 50.0
_NAME = "2A00"
_IDENTIFYING = frozenset({_NAME, "2A23", "2A24", "2A25", "2A26", "2A27", "2A28", "2A29", "2A2A", "2A50"})
_DATES = frozenset({current_time.DATE_TIME, current_time.CURRENT, current_time.LOCAL})
_PLAIN = (set(PROFILES) | set(FACTS) | {short_uuid(u) for u in (p8.FEATURES, p8.CONTROL, polar.CONTROL)}) - (
    _IDENTIFYING | _DATES
)
_ADDRESS = re.compile(
    r"(?i)(?<![0-9a-f])([0-9a-f]{2}([:_-][0-9a-f]{2}){5}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])"
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: events kept, frames left out, and how far the source could be read ("" to its end)."""

    path: Path
    kept: int
    left_out: int
    damage: str


def export_anonymous(source: Path | str, target: Path | str, seed: int | None = None) -> Exported:
    """Write the anonymous copy of a journal or capture to a new file and return what was done.

    The offset is drawn from `seed`; without one from the system, which is what to give away: a seed that is guessed
    undoes the shift. JournalError where the source is none, or the target is there or cannot be written.
    """
    if Path(target).exists():
        raise JournalError(f"{target}: is there already; an export is never written over")
    recording, clean = open_recording(source), Anonymiser(np.random.default_rng(seed))
    for event in recording:
        clean.learn(event)
    kept = left_out = 0
    with JournalWriter(target, max_bytes=1 << 62) as journal:
        for event in recording:
            cleaned = clean.event(event)
            left_out += cleaned is None
            if cleaned is not None:
                journal.write(cleaned)
                kept += 1
    if journal.ended != "closed":
        raise JournalError(f"{target}: {journal.ended}")
    return Exported(journal.path, kept, left_out, recording.damage)


class Anonymiser:
    """Takes whose, where and when out of events; one offset for all trackers of a recording."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._aliases: dict[str, str] = {}
        self._names: set[str] = set()
        self._shift = Shift(rng)
        self._first_s = math.nan
        self._stamps: dict[str, Anchor] = {}
        self._readers: dict[str, Callable[[Packet], bytes | None]] = {
            location.UUID: lambda packet: self._shift.payload(packet.payload),
            short_uuid(p8.DATA): lambda packet: self._open_tracker(packet.payload),
            short_uuid(polar.DATA): self._polar,
            short_uuid(movesense.WRITE): lambda packet: _subscription(packet.payload),
            short_uuid(movesense.NOTIFY): lambda packet: _movesense(packet.payload),
        }

    def learn(self, event: Event) -> None:
        """Note the names of trackers, so that causes told before the tracker said its name are cleared too."""
        if isinstance(event, Packet) and short_uuid(event.characteristic) == _NAME and event.payload:
            self._names.add(event.payload.decode("utf-8", "replace"))

    def event(self, event: Event) -> Event | None:
        """Return an event without what identifies; None where it must be left out."""
        self._first_s = event.arrival_s if math.isnan(self._first_s) else self._first_s
        arrival_s, tracker = event.arrival_s - self._first_s, self._alias(event.tracker)
        if isinstance(event, LinkEvent):
            return LinkEvent(tracker, event.state, arrival_s, self._cause(event.cause), event.characteristic)
        payload = self._payload(event)
        return None if payload is None else Packet(tracker, event.characteristic, arrival_s, payload)

    def _alias(self, tracker: str) -> str:
        return self._aliases.setdefault(tracker, f"tracker-{len(self._aliases) + 1}") if tracker else ""

    def _cause(self, cause: str) -> str:
        """Return a cause with known trackers by their new names, and no address, UUID or name of a device."""
        for tracker, alias in self._aliases.items():
            cause = cause.replace(tracker, alias)
        for name in self._names:
            cause = cause.replace(name, "the tracker")
        return _ADDRESS.sub("an address", cause)

    def _payload(self, packet: Packet) -> bytes | None:
        key = short_uuid(packet.characteristic)
        reader = self._readers.get(key)
        if reader is None:
            return packet.payload if key in _PLAIN else None
        try:
            return reader(packet)
        except (WireError, ValueError, OverflowError):
            return None

    def _open_tracker(self, payload: bytes) -> bytes:
        data = p8.parse(payload)
        if data.stream != p8.POSITION:
            return payload
        where, accuracy_m = p8.position(data)
        return p8.encode(dataclasses.replace(data, body=p8.pack_position(self._shift.measurement(where), accuracy_m)))

    def _polar(self, packet: Packet) -> bytes | None:
        frame = polar.parse(packet.payload)
        kind, form, stamp_ns = frame.header.type, frame.header.frame_type, frame.header.device_ns
        if stamp_ns:
            stamps = self._stamps.setdefault(packet.tracker, Anchor(_PMD_NS, _DAY_S * 10**9))
            stamp_ns = stamps.moved(stamp_ns)
        if kind is polar.PmdType.LOCATION and form == polar_location.TEXT:
            return None
        if kind is polar.PmdType.LOCATION and form == polar_location.COORDINATES:
            rows = tuple(self._shift.coordinate(row) for row in polar_location.coordinates(frame))
            return polar_location.encode_coordinates(stamp_ns, rows)
        head = packet.payload[:1] + stamp_ns.to_bytes(8, "little") + packet.payload[9:HEADER_BYTES]
        return head + packet.payload[HEADER_BYTES:]


class Anchor:
    """Moves times by one offset; after a step of more than a day, as when a clock is set, by another.

    Otherwise the date that a clock shows before it is set, which is known, would tell the offset of the right one.
    """

    def __init__(self, to: int, step: int) -> None:
        """Begin at `to`, in the times' own unit; `step` is a day in it."""
        self._to, self._step = to, step
        self._first: int | None = None
        self._last = to

    def moved(self, at: int) -> int:
        """Return where a time goes."""
        if self._first is None or abs(at - self._last) > self._step:
            self._first = at
        self._last = at
        return at - self._first + self._to


class Shift:
    """One offset in place and date: the first place goes to a drawn one, the first date to 2000-01-01."""

    def __init__(self, rng: np.random.Generator) -> None:
        latitude_deg, longitude_deg = rng.uniform(-1.0, 1.0, 2) * (_MOST_LATITUDE_DEG, 180.0)
        self._to_deg = (float(latitude_deg), float(longitude_deg))
        self._from_deg: tuple[float, float] | None = None
        self._dates = Anchor(_UTC_UNIX_S * 1000, _DAY_S * 1000)

    def place_deg(self, latitude_deg: float, longitude_deg: float) -> tuple[float, float]:
        """Return where a place goes, in deg. Metres east stay metres east, as meridians converge.

        What stands for no position stays: moved, it would tell the offset.
        """
        if _stands_for_none(latitude_deg, longitude_deg):
            return latitude_deg, longitude_deg
        if self._from_deg is None:
            self._from_deg = (latitude_deg, longitude_deg)
        from_deg, to_deg = self._from_deg, self._to_deg
        wider = math.cos(math.radians(from_deg[0])) / math.cos(math.radians(to_deg[0]))
        east_deg = (longitude_deg - from_deg[1] + 180.0) % 360.0 - 180.0
        north_deg = min(90.0, max(-90.0, to_deg[0] + latitude_deg - from_deg[0]))
        return north_deg, (to_deg[1] + east_deg * wider + 180.0) % 360.0 - 180.0

    def unix_s(self, unix_s: float) -> float:
        """Return where a date goes, Unix time in s; NaN stays NaN."""
        return unix_s if math.isnan(unix_s) else self._dates.moved(round(unix_s * 1000.0)) / 1000.0

    def payload(self, payload: bytes) -> bytes:
        """Return a Location and Speed payload moved; WireError or ValueError where it cannot be."""
        return location.encode(self.measurement(location.parse(payload)))

    def measurement(self, where: location.LocationMeasurement) -> location.LocationMeasurement:
        """Return a measurement moved."""
        latitude_deg, longitude_deg = self.place_deg(where.latitude_deg, where.longitude_deg)
        return dataclasses.replace(
            where,
            latitude_deg=latitude_deg,
            longitude_deg=longitude_deg,
            utc_unix_s=self.unix_s(where.utc_unix_s),
        )

    def coordinate(self, row: polar_location.Coordinate) -> polar_location.Coordinate:
        """Return one of Polar's fixes moved; a row without a fix keeps its zeros."""
        if row.fix:
            latitude_deg, longitude_deg = self.place_deg(row.latitude_deg, row.longitude_deg)
        else:
            latitude_deg = longitude_deg = 0.0
        return dataclasses.replace(
            row, latitude_deg=latitude_deg, longitude_deg=longitude_deg, unix_s=self.unix_s(row.unix_s)
        )


def _stands_for_none(latitude_deg: float, longitude_deg: float) -> bool:
    """Return whether a position is none: absent, 0/0, or off the globe."""
    return (latitude_deg == 0.0 == longitude_deg) or not (abs(latitude_deg) <= 90.0 and abs(longitude_deg) <= 180.0)


def _subscription(payload: bytes) -> bytes | None:
    """Return a Movesense command that starts or ends a stream; None for others: one of them sets the date."""
    operation, _, _ = movesense.parse_command(payload)
    return payload if operation in (movesense.Command.SUBSCRIBE, movesense.Command.UNSUBSCRIBE) else None


def _movesense(payload: bytes) -> bytes | None:
    """Return a Movesense notification with data or a bare status; None for other answers: HELLO holds the serial."""
    message = movesense.parse_notification(payload)
    return None if message.code == movesense.ANSWER and len(message.body) != 2 else payload
