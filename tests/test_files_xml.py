"""Laws of the GPX and TCX readers, on documents written here; gpxpy is the oracle for GPX."""

from __future__ import annotations

import io
import math
from datetime import UTC, datetime, timedelta

import gpxpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.files.gpx import read_gpx
from device.files.recording import Recording
from device.files.sports import sport_of
from device.files.tcx import read_tcx
from device.files.xml_stream import EntityError, moment, number
from edge.samples import Altitude, Fix, HeartRate, Odometer, Power, Stride, Temperature, select
from edge.summary import summarise

START = datetime(2024, 4, 30, 6, 0, tzinfo=UTC)


def stamp(second: float, start: datetime = START) -> str:
    return (start + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def point(second: int, inside: str = "", when: str | None = None) -> str:
    time = f"<time>{stamp(second) if when is None else when}</time>" if when != "" else ""
    return f'<trkpt lat="{0.1 + second * 2.7e-5:.7f}" lon="10"><ele>{100 + second % 3}</ele>{time}{inside}</trkpt>'


def gpx(points: str, kind: str = "running", head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx xmlns="http://www.topografix.com/GPX/1/1" creator="Test" '
        'xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" '
        'xmlns:gpxdata="http://www.cluetrust.com/XML/GPXDATA/1/0">'
        f"{head}<trk><name>n</name><type>{kind}</type><trkseg>{points}</trkseg></trk></gpx>"
    ).encode()


def trackpoint(second: int, inside: str = "") -> str:
    return (
        f"<Trackpoint><Time>{stamp(second)}</Time>"
        f"<Position><LatitudeDegrees>{0.1 + second * 2.7e-5:.7f}</LatitudeDegrees>"
        "<LongitudeDegrees>10</LongitudeDegrees></Position><AltitudeMeters>100</AltitudeMeters>"
        f"<DistanceMeters>{second * 3.0}</DistanceMeters><HeartRateBpm><Value>150</Value></HeartRateBpm>"
        f"{inside}</Trackpoint>"
    )


def lap(seconds: range, tracks: str, timer: float | None = None) -> str:
    timer = float(len(seconds)) if timer is None else timer
    return (
        f'<Lap StartTime="{stamp(seconds[0])}"><TotalTimeSeconds>{timer}</TotalTimeSeconds>'
        f"<DistanceMeters>{len(seconds) * 3.0}</DistanceMeters><Calories>20</Calories>"
        "<AverageHeartRateBpm><Value>150</Value></AverageHeartRateBpm>"
        "<MaximumHeartRateBpm><Value>160</Value></MaximumHeartRateBpm>"
        f"<TriggerMethod>Manual</TriggerMethod>{tracks}</Lap>"
    )


def tcx(inside: str, sport: str = "Running") -> bytes:
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2" '
        'xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>{stamp(0)}</Id>{inside}<Creator><Name>Watch 7</Name></Creator></Activity>'
        "</Activities></TrainingCenterDatabase>"
    ).encode()


def track(seconds: range, inside: str = "") -> str:
    return "<Track>" + "".join(trackpoint(i, inside) for i in seconds) + "</Track>"


def only(found: tuple[str, tuple[Recording, ...], list[str], bool]) -> Recording:
    assert len(found[1]) == 1, found
    return found[1][0]


def test_a_track_is_read_as_gpxpy_reads_it() -> None:
    content = gpx("".join(point(i) for i in range(60)))
    fix = select(only(read_gpx(io.BytesIO(content))).samples, Fix)
    altitude = select(only(read_gpx(io.BytesIO(content))).samples, Altitude)
    theirs = gpxpy.parse(content).tracks[0].segments[0].points
    assert fix is not None and altitude is not None
    np.testing.assert_allclose(fix.latitude_deg, [p.latitude for p in theirs])
    np.testing.assert_allclose(fix.longitude_deg, [p.longitude for p in theirs])
    np.testing.assert_allclose(altitude.altitude_m, [p.elevation for p in theirs])
    np.testing.assert_allclose(fix.t_s, [(p.time - theirs[0].time).total_seconds() for p in theirs])


@pytest.mark.parametrize(
    "inside",
    [
        "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr><gpxtpx:cad>85</gpxtpx:cad>"
        "<gpxtpx:atemp>21</gpxtpx:atemp></gpxtpx:TrackPointExtension><power>250</power></extensions>",
        "<extensions><ns3:TrackPointExtension xmlns:ns3='x'><ns3:hr>150</ns3:hr><ns3:cad>85</ns3:cad>"
        "<ns3:atemp>21</ns3:atemp></ns3:TrackPointExtension>"
        "<pwr:PowerInWatts xmlns:pwr='y'>250</pwr:PowerInWatts></extensions>",
        "<extensions><gpxdata:hr>150</gpxdata:hr><gpxdata:cadence>85</gpxdata:cadence><gpxdata:temp>21</gpxdata:temp>"
        "<power>250</power></extensions>",
        "<extensions><heartrate>150</heartrate><cadence>170</cadence><temperature>21</temperature><power>250</power></extensions>",
    ],
    ids=["garmin v2", "garmin v1 under another prefix", "cluetrust", "bare, cadence in steps"],
)
def test_every_dialect_of_extensions_says_the_same(inside: str) -> None:
    samples = only(read_gpx(io.BytesIO(gpx("".join(point(i, inside) for i in range(60)))))).samples
    heart, stride, power, warmth = (select(samples, k) for k in (HeartRate, Stride, Power, Temperature))
    assert heart is not None and stride is not None and power is not None and warmth is not None
    assert (heart.bpm[0], stride.cadence_spm[0], power.power_w[0], warmth.temperature_c[0]) == (150, 170, 250, 21)


@pytest.mark.parametrize(("spelling", "sport"), [
    ("running", "running"), ("9", "running"), ("Trail Running", "running"), ("Run", "running"), ("1", "cycling"),
    ("mountain biking", "cycling"), ("hiking", "hiking"), ("Other", "generic"), ("", "generic"),
    ("kitesurf", "generic"), ("nordic walking", "walking"), ("16", "swimming"),
])  # fmt: skip
def test_sports_have_one_name_however_they_are_spelt(spelling: str, sport: str) -> None:
    assert sport_of(spelling)[0] == sport


def test_a_track_without_times_is_a_course() -> None:
    kind, recordings, _, whole = read_gpx(io.BytesIO(gpx("".join(point(i, when="") for i in range(9)))))
    assert (kind, recordings, whole) == ("a course (its points have no times)", (), True)


def test_routes_and_way_points_are_named() -> None:
    kind, recordings, _, _ = read_gpx(
        io.BytesIO(b'<gpx><wpt lat="1" lon="2"/><rte><rtept lat="1" lon="2"/></rte></gpx>')
    )
    assert (kind, recordings) == ("a route or way points", ())


@given(st.integers(0, 2000))
@settings(max_examples=60, deadline=None)
def test_a_document_cut_anywhere_keeps_the_points_before_the_cut(cut: int) -> None:
    content = gpx("".join(point(i) for i in range(20)))
    cut = min(cut, len(content) - 1)
    _, recordings, problems, whole = read_gpx(io.BytesIO(content[:cut]))
    kept = content[:cut].count(b"</trkpt>")
    fix = select(recordings[0].samples, Fix) if recordings else None
    assert (0 if fix is None else len(fix)) == kept
    assert not whole and problems


@given(st.integers(0, 1500), st.text(max_size=12))
@settings(max_examples=150, deadline=None)
def test_damaged_documents_never_raise(at: int, junk: str) -> None:
    for content, read in (
        (gpx("".join(point(i) for i in range(8))), read_gpx),
        (tcx(lap(range(4), track(range(4)))), read_tcx),
    ):
        damaged = content[:at] + junk.encode("utf-8", "surrogatepass") + content[at + 3 :]
        for r in read(io.BytesIO(damaged))[1]:
            summarise(r.samples, r.sport, r.pauses)


def test_an_unbound_prefix_is_a_defect_but_loses_nothing() -> None:
    content = (
        gpx("".join(point(i) for i in range(20))).replace(b"<name>", b"<zz:name>").replace(b"</name>", b"</zz:name>")
    )
    found = read_gpx(io.BytesIO(content))
    fix = select(only(found).samples, Fix)
    assert fix is not None and len(fix) == 20 and not found[3] and "'zz'" in found[2][0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = gpx("".join(point(i) for i in range(5))).decode().replace("UTF-8", name).replace("<name>n", "<name>é")
    assert only(read_gpx(io.BytesIO(text.encode(encoding)))).sport == "running"


def test_an_entity_bomb_is_refused_before_its_first_element() -> None:
    bomb = b'<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + gpx(point(0)).split(b"?>")[1]
    with pytest.raises(EntityError):
        read_gpx(io.BytesIO(bomb.replace(b"<name>n", b"<name>&b;")))


def test_a_document_nested_without_end_is_given_up() -> None:
    _, _, problems, whole = read_gpx(io.BytesIO(b"<gpx>" + b"<a>" * 1000))
    assert not whole and "deep" in problems[0]


def test_segments_apart_are_a_pause() -> None:
    content = gpx(
        "".join(point(i) for i in range(30)) + "</trkseg><trkseg>" + "".join(point(i) for i in range(90, 120))
    )
    r = only(read_gpx(io.BytesIO(content)))
    assert [(p.from_s, p.to_s) for p in r.pauses] == [(29.0, 90.0)]


def test_tracks_that_follow_are_one_session_and_those_of_another_day_are_not() -> None:
    parts = [range(30), range(40, 70), range(90_000, 90_030)]
    tracks = "</trkseg></trk><trk><type>running</type><trkseg>".join("".join(point(i) for i in part) for part in parts)
    recordings = read_gpx(io.BytesIO(gpx(tracks)))[1]
    assert [len(f) for r in recordings if (f := select(r.samples, Fix)) is not None] == [60, 30]


def test_times_out_of_order_come_out_rising() -> None:
    order = [*range(20, 40), *range(20), *range(40, 60)]
    found = read_gpx(io.BytesIO(gpx("".join(point(i) for i in order))))
    fix = select(only(found).samples, Fix)
    assert fix is not None and len(fix) == 60 and (np.diff(fix.t_s) > 0).all()
    assert (np.diff(fix.latitude_deg) > 0).all() and "order" in found[2][0]


def test_a_clock_set_back_is_set_forward() -> None:
    points = "".join(point(i, when=stamp(i if i < 30 else i - 3600)) for i in range(60))
    points = points + point(60, when=stamp(31)) + point(61, when=stamp(-3595.0))
    recordings = read_gpx(io.BytesIO(gpx(points)))[1]
    for r in recordings:
        summary = summarise(r.samples, r.sport, r.pauses)
        assert 0.0 <= summary.moving_s <= summary.timer_s <= summary.duration_s


def test_counted_times_are_dated_by_the_one_absolute_time() -> None:
    """The app Keep writes the run's end in tenths of a second, read as seconds, and then counts from 1970."""
    end = START + timedelta(seconds=60)
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=end.timestamp() * 100)
    points = point(0, when=first.isoformat())
    points += "".join(point(i, when=stamp(i, datetime(1970, 1, 1, tzinfo=UTC))) for i in range(1, 61))
    found = read_gpx(io.BytesIO(gpx(points)))
    assert only(found).start_unix_s == pytest.approx(START.timestamp() + 1.0)


def test_a_week_counter_that_rolled_over_shows_beside_the_head_of_the_file() -> None:
    old = START - timedelta(weeks=1024)
    head = f"<metadata><time>{stamp(0)}</time></metadata>"
    found = read_gpx(io.BytesIO(gpx("".join(point(i, when=stamp(i, old)) for i in range(20)), head=head)))
    assert only(found).start_unix_s == START.timestamp() and "1024 weeks" in found[2][0]


@pytest.mark.parametrize(("text", "unix_s", "offset_s"), [
    ("2024-04-30T06:00:00Z", 1714456800.0, math.nan), ("2024-04-30T08:00:00+02:00", 1714456800.0, 7200.0),
    ("2024-04-30T06:00:00.250Z", 1714456800.25, math.nan), ("2024-04-30T06:00:00", 1714456800.0, math.nan),
    (" 2024-04-30 06:00:00 ", 1714456800.0, math.nan), ("2024/04/30 06:00:00", 1714456800.0, math.nan),
    ("yesterday", math.nan, math.nan), ("", math.nan, math.nan),
])  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, unix_s: float, offset_s: float) -> None:
    assert moment(text) == pytest.approx((unix_s, offset_s), nan_ok=True)


@pytest.mark.parametrize(("text", "value"), [("1.5", 1.5), ("1,5", 1.5), (" 7 ", 7.0), ("x", math.nan), ("", math.nan)])
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value, nan_ok=True)


def test_an_activity_has_its_laps_totals_and_device() -> None:
    inside = "<Extensions><ns3:TPX><ns3:Speed>3.0</ns3:Speed><ns3:RunCadence>85</ns3:RunCadence></ns3:TPX></Extensions>"
    content = tcx(lap(range(60), track(range(60), inside)) + lap(range(60, 120), track(range(60, 120), inside)))
    r = only(read_tcx(io.BytesIO(content)))
    odometer, stride = select(r.samples, Odometer), select(r.samples, Stride)
    assert odometer is not None and stride is not None
    assert (r.sport, r.device, len(odometer), stride.cadence_spm[0]) == ("running", "Watch 7", 120, 170.0)
    assert (r.stated.timer_s, r.stated.distance_m, r.stated.calories_kcal) == (120.0, 360.0, 40.0)
    assert (r.stated.avg_hr_bpm, r.stated.max_hr_bpm) == (150.0, 160.0)
    assert [(x.from_s, x.to_s, x.trigger) for x in r.laps] == [(0.0, 60.0, "manual"), (60.0, 120.0, "manual")]


def test_a_track_that_ends_and_begins_again_is_a_pause() -> None:
    r = only(read_tcx(io.BytesIO(tcx(lap(range(60), track(range(30)) + track(range(90, 120)))))))
    assert [(p.from_s, p.to_s) for p in r.pauses] == [(29.0, 90.0)]


def test_courses_and_workouts_are_named() -> None:
    course = b"<TrainingCenterDatabase><Courses><Course><Name>c</Name>" + track(range(3)).encode()
    assert read_tcx(io.BytesIO(course + b"</Course></Courses></TrainingCenterDatabase>"))[0] == "a course"
    plan = b"<TrainingCenterDatabase><Workouts><Workout/></Workouts></TrainingCenterDatabase>"
    assert read_tcx(io.BytesIO(plan))[0] == "a workout plan"


def test_a_pool_swim_without_places_is_kept() -> None:
    points = "".join(
        f"<Trackpoint><Time>{stamp(30 * i)}</Time><DistanceMeters>{25 * i}</DistanceMeters></Trackpoint>"
        for i in range(9)
    )
    r = only(read_tcx(io.BytesIO(tcx(lap(range(240), f"<Track>{points}</Track>"), sport="Other"))))
    assert summarise(r.samples, r.sport, r.pauses).distance_m == 200.0
