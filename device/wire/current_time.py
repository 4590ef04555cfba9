"""Date and time: Date Time 0x2A08, Current Time 0x2A2B, Local Time Information 0x2A0F.

The rule of this file: the calendar as the tracker writes it; it has no time zone of its own. Unknown parts are 0 as
on the wire. Source: GATT Specification Supplement (by these names), Current Time Service 1.1.
"""

from __future__ import annotations

import calendar
import math
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta

from device.wire.errors import WireError, exactly, need, whole

DATE_TIME, CURRENT, LOCAL = "2A08", "2A2B", "2A0F"
MANUAL, EXTERNAL_REFERENCE, TIME_ZONE, DAYLIGHT_SAVING = 0x01, 0x02, 0x04, 0x08
_FORM = "<HBBBBB"
_EPOCH = datetime(1970, 1, 1)
_FIRST_S, _END_S = (datetime(1582, 1, 1) - _EPOCH).total_seconds(), 253_402_300_800.0


@dataclass(frozen=True, slots=True)
class DateTime:
    """A date and time of day; year, month and day are 0 where they are not known."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int

    @property
    def unix_s(self) -> float:
        """Return the Unix time in s of this reading taken as UTC; NaN where unknown or where no such day exists."""
        date_known = 1 <= self.month <= 12 and 1582 <= self.year <= 9999
        if not date_known or not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            return math.nan
        if self.hour > 23 or self.minute > 59 or self.second > 60:
            return math.nan
        return float(calendar.timegm((self.year, self.month, self.day, self.hour, self.minute, self.second)))


@dataclass(frozen=True, slots=True)
class CurrentTime:
    """A clock reading: date and time, fraction of a second, weekday (1 Monday to 7, 0 not known), why it was set."""

    date_time: DateTime
    fraction_s: float = 0.0
    weekday: int = 0
    reasons: int = 0
    """Bits: MANUAL, EXTERNAL_REFERENCE, TIME_ZONE, DAYLIGHT_SAVING."""

    @property
    def unix_s(self) -> float:
        """Return the Unix time in s of this reading taken as UTC, with its fraction; NaN where not known."""
        return self.date_time.unix_s + self.fraction_s


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Offset of local standard time from UTC and of daylight saving time from it, in s; NaN where not known."""

    zone_s: float
    daylight_s: float


def date_time(unix_s: float) -> DateTime:
    """Return the date and time, in UTC, of a Unix time in s; ValueError outside the years 1582 to 9999."""
    if not _FIRST_S <= unix_s < _END_S:
        raise ValueError(f"no date from 1582 to 9999: {unix_s!r} s")
    return DateTime(*(_EPOCH + timedelta(seconds=math.floor(unix_s))).timetuple()[:6])


def unpack_date_time(raw: bytes) -> DateTime:
    """Return seven bytes as date and time, whatever they say."""
    return DateTime(*struct.unpack(_FORM, raw))


def parse_date_time(payload: bytes) -> DateTime:
    """Return the date and time; WireError unless seven bytes with values that the specification allows."""
    exactly(payload, 7, "date and time")
    read = unpack_date_time(payload)
    year_fits = read.year == 0 or 1582 <= read.year <= 9999
    if not (year_fits and read.month <= 12 and read.day <= 31 and read.hour <= 23):
        raise WireError(f"date and time: no such date or hour: {read}")
    if read.minute > 59 or read.second > 59:
        raise WireError(f"date and time: no such minute or second: {read}")
    return read


def encode_date_time(moment: DateTime) -> bytes:
    """Return the payload of a date and time; ValueError for a value that its field cannot hold."""
    parts = (moment.month, moment.day, moment.hour, moment.minute, moment.second)
    most = (12, 31, 23, 59, 59)
    year = whole(moment.year, 0, 9999, "year")
    return struct.pack(_FORM, year, *(whole(p, 0, top, "date or time") for p, top in zip(parts, most, strict=True)))


def parse(payload: bytes) -> CurrentTime:
    """Return a clock reading; WireError unless ten bytes with values that the specification allows."""
    exactly(payload, 10, "current time")
    if payload[7] > 7:
        raise WireError(f"current time: no weekday {payload[7]}")
    return CurrentTime(parse_date_time(payload[:7]), payload[8] / 256.0, payload[7], payload[9] & 0x0F)


def encode(reading: CurrentTime) -> bytes:
    """Return the payload of a clock reading, as it is written to set a tracker; ValueError where it does not fit."""
    weekday, fraction = whole(reading.weekday, 0, 7, "weekday"), whole(reading.fraction_s * 256.0, 0, 255, "fraction")
    reasons = whole(reading.reasons, 0, 0x0F, "reasons")
    return encode_date_time(reading.date_time) + bytes([weekday, fraction, reasons])


def current_time(unix_s: float, utc_offset_s: float = 0.0, reasons: int = 0) -> CurrentTime:
    """Return what a local clock shows at a Unix time in s, to 1/256 s below; ValueError as `date_time`."""
    shown_s = unix_s + utc_offset_s
    if not _FIRST_S <= shown_s < _END_S:
        raise ValueError(f"no date from 1582 to 9999: {shown_s!r} s")
    seconds, count = divmod(math.floor(shown_s * 256.0), 256)
    moment = date_time(seconds)
    return CurrentTime(moment, count / 256.0, calendar.weekday(moment.year, moment.month, moment.day) + 1, reasons)


def parse_local(payload: bytes) -> LocalTime:
    """Return the local time offsets; WireError when shorter than two bytes or outside UTC-12 to UTC+14."""
    need(payload, 2, "local time")
    zone, daylight = struct.unpack_from("<bB", payload)
    if zone != -128 and not -48 <= zone <= 56:
        raise WireError(f"local time: no zone {zone} quarters of an hour from UTC")
    if daylight not in (0, 2, 4, 8, 255):
        raise WireError(f"local time: no daylight saving {daylight}")
    return LocalTime(math.nan if zone == -128 else zone * 900.0, math.nan if daylight == 255 else daylight * 900.0)


def encode_local(local: LocalTime) -> bytes:
    """Return the payload of local time offsets; ValueError where they do not fit."""
    zone = -128 if math.isnan(local.zone_s) else whole(local.zone_s / 900.0, -48, 56, "zone")
    daylight = 255 if math.isnan(local.daylight_s) else whole(local.daylight_s / 900.0, 0, 8, "daylight saving")
    return struct.pack("<bB", zone, daylight)
