"""Writes archives as Strava, Garmin, Apple, Polar and Suunto hand them out, of runs whose truth is known.

Independent of the readers: every shape is written out here from its description (docs/import.md, "Archives").
"""

from __future__ import annotations

import gzip
import io
import json
import math
import random
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fit_writer import FitWriter, semicircles, write_event, write_head, write_records, write_session

FIT_EPOCH_S = 631065600
STARTS_AT = 1262304000.0
#: Local time minus UTC of every run, in s.
OFFSET_S = 7200.0
HEADS = {
    "en": ("Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description", "Elapsed Time",
           "Distance", "Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note", "Activity Gear",
           "Filename"),
    "de": ("Aktivitäts-ID", "Aktivitätsdatum", "Name der Aktivität", "Aktivitätsart", "Aktivitätsbeschreibung",
           "Verstrichene Zeit", "Distanz", "Max. Herzfrequenz", "Relative Leistung", "Pendeln",
           "Hinweis zur Privatsphäre für Aktivitäten", "Aktivitätsausrüstung", "Dateiname"),
    "fr": ("ID de l'activité", "Date de l'activité", "Nom de l'activité", "Type d'activité",
           "Description de l'activité", "Temps écoulé", "Distance", "Fréquence cardiaque maximum", "Effort relatif",
           "Trajet domicile-travail", "Note privée sur l'activité", "Matériel de l'activité", "Nom du fichier"),
    "ja": ("アクティビティID", "日付", "名前", "種類", "説明", "経過時間", "距離", "最大心拍", "相対的エフォート",
           "通勤", "メモ", "ギア", "ファイル名"),
}  # fmt: skip
KINDS = {"en": "Run", "de": "Lauf", "fr": "Course à pied", "ja": "ラン"}


@dataclass(frozen=True)
class Truth:
    """One run: start in Unix s, whole s, m/s to the north from a place, mean heart rate in beats/min."""

    start_s: float
    seconds: int
    speed_m_s: float
    bpm: int
    latitude_deg: float = 0.1
    longitude_deg: float = 10.0
    every_s: int = 1

    @property
    def distance_m(self) -> float:
        return self.seconds * self.speed_m_s

    def rows(self) -> Iterator[tuple[int, float, float, int]]:
        """Yield s, m, latitude and beats/min."""
        for t in range(0, self.seconds + 1, self.every_s):
            metres = t * self.speed_m_s
            beats = self.bpm + round(6.0 * math.sin(t / 60.0))
            yield t, metres, self.latitude_deg + metres / 111_195.0, beats


def runs(count: int, seconds: int = 600, every_s: int = 1, seed: int = 1) -> list[Truth]:
    """Return runs of about so many s, three days of each week from 2010 on."""
    rng = random.Random(seed)
    found = []
    for i in range(count):
        day = (i // 3) * 7 + (0, 2, 5)[i % 3]
        start_s = STARTS_AT + day * 86400 + 5 * 3600 + rng.randrange(5400)
        long = every_s * round(seconds * rng.uniform(0.8, 1.2) * (2 if i % 3 == 2 else 1) / every_s)
        found.append(Truth(start_s, long, round(rng.uniform(2.6, 3.4), 2), rng.randrange(130, 160), every_s=every_s))
    return found


def iso(unix_s: float, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return datetime.fromtimestamp(unix_s, UTC).strftime(form)


_CRC = [0, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401, 0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01,
        0x8801, 0x4400]  # fmt: skip


def _crc(content: bytes) -> int:
    """Return FIT's checksum by the nibble table of its specification."""
    crc = 0
    for byte in content:
        crc = (crc >> 4) & 0x0FFF ^ _CRC[crc & 0xF] ^ _CRC[byte & 0xF]
        crc = (crc >> 4) & 0x0FFF ^ _CRC[crc & 0xF] ^ _CRC[byte >> 4]
    return crc


def fit(run: Truth, *, heart: bool = True) -> bytes:
    """Return a run as a FIT file."""
    start = round(run.start_s) - FIT_EPOCH_S
    out = FitWriter()
    write_head(out, start=start)
    write_event(out, start, 0)
    if heart:
        write_records(out, start, [])
        for t, metres, latitude, beats in run.rows():
            out.data(2, start + t, semicircles(latitude), semicircles(run.longitude_deg), 3000, beats, 85,
                     round(metres * 100), round(run.speed_m_s * 1000))  # fmt: skip
    else:
        out.define(2, 20, [(253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (5, 4, 0x86)])
        for t, metres, latitude, _ in run.rows():
            out.data(2, start + t, semicircles(latitude), semicircles(run.longitude_deg), round(metres * 100))
    write_event(out, start + run.seconds, 4)
    write_session(out, start, run.seconds, metres=run.speed_m_s)
    out.define(5, 34, [(253, 4, 0x86), (0, 4, 0x86), (1, 2, 0x84), (5, 4, 0x86)])
    out.data(5, start + run.seconds, run.seconds * 1000, 1, start + run.seconds + round(OFFSET_S))
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(out.body), b".FIT")
    whole = head + struct.pack("<H", _crc(head)) + bytes(out.body)
    return whole + struct.pack("<H", _crc(whole))


def gpx(run: Truth, kind: str = "running", *, heart: bool = False) -> bytes:
    """Return a run as a GPX file, without a type for kind ""."""
    points = "".join(
        f'<trkpt lat="{latitude:.7f}" lon="{run.longitude_deg}"><ele>120</ele><time>{iso(run.start_s + t)}</time>'
        + (f"<extensions><hr>{beats}</hr></extensions>" if heart else "") + "</trkpt>"
        for t, _, latitude, beats in run.rows()
    )  # fmt: skip
    named = f"<type>{kind}</type>" if kind else ""
    return f'<gpx creator="test"><trk><name>x</name>{named}<trkseg>{points}</trkseg></trk></gpx>'.encode()


def tcx(run: Truth) -> bytes:
    """Return a run as a TCX file; Strava keeps the blanks before the declaration that some uploads had."""
    points = "".join(
        f"<Trackpoint><Time>{iso(run.start_s + t)}</Time><Position><LatitudeDegrees>{latitude:.7f}</LatitudeDegrees>"
        f"<LongitudeDegrees>{run.longitude_deg}</LongitudeDegrees></Position>"
        f"<DistanceMeters>{metres:.1f}</DistanceMeters><HeartRateBpm><Value>{beats}</Value></HeartRateBpm></Trackpoint>"
        for t, metres, latitude, beats in run.rows()
    )
    return (
        f'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>x</Id><Lap StartTime="{iso(run.start_s)}">'
        f"<TotalTimeSeconds>{run.seconds}</TotalTimeSeconds><DistanceMeters>{run.distance_m}</DistanceMeters>"
        f"<Track>{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


Members = list[tuple[str, bytes]]


def packed(members: Sequence[tuple[str, bytes]], level: int = 6) -> bytes:
    """Return a zip archive of members."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return whole.getvalue()


def quoted(cells: Sequence[str], delimiter: str) -> str:
    return delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)


def strava_table(named: Sequence[tuple[str, Truth]], language: str = "en", delimiter: str = ",") -> str:
    """Return activities.csv; descriptions have commas, quotes and line breaks, as people write them."""
    lines = [quoted(HEADS[language], delimiter)]
    for i, (name, run) in enumerate(named):
        words = f'windy, "fast"\nand {i}'
        date = datetime.fromtimestamp(run.start_s, UTC).strftime("%b %d, %Y, %I:%M:%S %p")
        far = f"{run.distance_m / 1000:.2f}"
        told = (str(9000 + i), date, f"Run {i}", KINDS[language], words, str(run.seconds), far)
        lines.append(quoted((*told, "", "", "false", "", "Shoe", name), delimiter))
    return "\n".join(lines) + "\n"


def strava(found: Sequence[Truth], language: str = "en") -> Members:
    """Return a Strava export: the formats that people uploaded, mixed, and things that are no activities."""
    named, members = [], []
    makers: tuple[tuple[str, Callable[[Truth], bytes]], ...] = (
        (".fit.gz", lambda r: gzip.compress(fit(r), 5, mtime=0)),
        (".gpx", lambda r: gpx(r, "")),
        (".gpx.gz", lambda r: gzip.compress(gpx(r, "", heart=True), 5, mtime=0)),
        (".tcx.gz", lambda r: gzip.compress(b"          " + tcx(r), 5, mtime=0)),
    )
    for i, run in enumerate(found):
        suffix, maker = makers[i % len(makers)]
        name = f"activities/{9000 + i}{suffix}"
        named.append((name, run))
        members.append((name, maker(run)))
    members.append(("activities.csv", strava_table(named, language).encode()))
    return [*members, ("profile.csv", b"a,b\n1,2\n"), ("media/1.jpg", b"\xff\xd8\xff\xe0")]


def garmin(found: Sequence[Truth]) -> Members:
    """Return a Garmin export: FIT files in archives in the archive, and JSON aside."""
    settings = FitWriter()
    write_head(settings, kind=2)
    half = (len(found) + 1) // 2
    folder = "DI_CONNECT/DI-Connect-Uploaded-Files"
    parts = [
        packed([(f"me@example.org_{i}.fit", fit(run)) for i, run in enumerate(part)]
               + [(f"me@example.org_s{number}.fit", settings.content())])
        for number, part in enumerate((found[:half], found[half:]))
    ]  # fmt: skip
    summaries = json.dumps([{"summarizedActivitiesExport": [{"activityId": i} for i in range(len(found))]}]).encode()
    return [
        ("DI_CONNECT/DI-Connect-Fitness/me_0_summarizedActivities.json", summaries),
        *((f"{folder}/UploadedFiles_0-_Part{n}.zip", content) for n, content in enumerate(parts, start=1)),
        ("customer_data/customer.json", b"{}"),
    ]


DTD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: 14 -->\n'
    "<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout)*)>\n"
    + "<!ATTLIST Record\n  type CDATA #REQUIRED\n  unit CDATA #IMPLIED\n>\n" * 60
    + "]>\n"
)


def _local(unix_s: float) -> str:
    return iso(unix_s + OFFSET_S, "%Y-%m-%d %H:%M:%S +0200")


def record(kind: str, unit: str, from_s: float, to_s: float, value: float | str, source: str = "Apple Watch") -> str:
    return (
        f' <Record type="HKQuantityTypeIdentifier{kind}" sourceName="{source}" sourceVersion="10.1" unit="{unit}" '
        f'creationDate="{_local(to_s)}" startDate="{_local(from_s)}" endDate="{_local(to_s)}" value="{value}"/>\n'
    )


def health_document(found: Sequence[Truth], resting: int = 20) -> Iterator[str]:
    """Yield export.xml in pieces: all records first, then the workouts, as Apple writes it."""
    yield DTD + '<HealthData locale="en_GB">\n <ExportDate value="2024-06-01 12:00:00 +0200"/>\n'
    for run in found:
        lines = [
            record("HeartRate", "count/min", run.start_s - 3600 - 300 * i, run.start_s - 3600 - 300 * i, 60)
            for i in range(resting)
        ]
        for t, _, _, beats in run.rows():
            if t % 5 == 0:
                lines.append(record("HeartRate", "count/min", run.start_s + t, run.start_s + t, beats))
            if t % 10 == 0 and t:
                from_s, to_s = run.start_s + t - 10, run.start_s + t
                lines.append(record("StepCount", "count", from_s, to_s, 28))
                km = f"{run.speed_m_s * 10 / 1000:.6f}"
                lines.append(record("DistanceWalkingRunning", "km", from_s, to_s, km))
                lines.append(record("RunningSpeed", "km/hr", from_s, to_s, round(run.speed_m_s * 3.6, 4)))
                if t % 60 == 0:
                    lines.append(record("StepCount", "count", to_s - 60, to_s, 150, "iPhone"))
        if run.seconds % 10:
            from_s, end_s = run.start_s + run.seconds // 10 * 10, run.start_s + run.seconds
            km = f"{run.speed_m_s * (end_s - from_s) / 1000:.6f}"
            lines.append(record("DistanceWalkingRunning", "km", from_s, end_s, km))
        yield "".join(lines)
    for i, run in enumerate(found):
        end_s = run.start_s + run.seconds
        yield (
            f' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{run.seconds / 60}" '
            f'durationUnit="min" sourceName="Apple Watch" device="&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, '
            f'manufacturer:Apple Inc.&gt;" creationDate="{_local(end_s)}" startDate="{_local(run.start_s)}" '
            f'endDate="{_local(end_s)}">\n  <MetadataEntry key="HKIndoorWorkout" value="0"/>\n'
            f'  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" '
            f'startDate="{_local(run.start_s)}" endDate="{_local(end_s)}" sum="{run.distance_m / 1000}" unit="km"/>\n'
            f'  <WorkoutRoute sourceName="Apple Watch" startDate="{_local(run.start_s)}" endDate="{_local(end_s)}">\n'
            f'   <FileReference path="/workout-routes/route_{i}.gpx"/>\n  </WorkoutRoute>\n </Workout>\n'
        )
    yield "</HealthData>\n"


def apple(found: Sequence[Truth], document_name: str = "export.xml", resting: int = 20) -> Members:
    """Return an Apple Health export; its routes begin some seconds late, as satellites are found."""
    folder = "apple_health_export"
    late = [Truth(r.start_s + 8, r.seconds - 8, r.speed_m_s, r.bpm, r.latitude_deg + 8 * r.speed_m_s / 111_195.0,
                  r.longitude_deg, r.every_s) for r in found]  # fmt: skip
    return [
        *((f"{folder}/workout-routes/route_{i}.gpx", gpx(run, "")) for i, run in enumerate(late)),
        (f"{folder}/{document_name}", "".join(health_document(found, resting)).encode()),
        (f"{folder}/export_cda.xml", b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>'),
        (f"{folder}/electrocardiograms/ecg_1.csv", b"a,b\n"),
    ]


def _polar_1(run: Truth) -> dict[str, object]:
    def dated(values: Sequence[tuple[int, float]]) -> list[dict[str, object]]:
        return [
            {"dateTime": iso(run.start_s + OFFSET_S + t, "%Y-%m-%dT%H:%M:%S.000"), "value": value}
            for t, value in values
        ]

    rows = list(run.rows())
    samples: dict[str, object] = {
        "heartRate": dated([(t, float(beats)) for t, _, _, beats in rows]),
        "distance": dated([(t, metres) for t, metres, _, _ in rows]),
        "speed": dated([(t, run.speed_m_s * 3.6) for t, *_ in rows]),
        "recordedRoute": [
            {"dateTime": iso(run.start_s + OFFSET_S + t, "%Y-%m-%dT%H:%M:%S.000"), "longitude": run.longitude_deg,
             "latitude": latitude, "altitude": 120.0}
            for t, _, latitude, _ in rows
        ],
    }  # fmt: skip
    start = iso(run.start_s + OFFSET_S, "%Y-%m-%dT%H:%M:%S.000")
    return {
        "exportVersion": "1.6", "name": "", "startTime": start, "timeZoneOffset": 120, "distance": run.distance_m,
        "duration": f"PT{run.seconds}S", "physicalInformationSnapshot": {"weight, kg": 70.0},
        "exercises": [{"startTime": start, "timezoneOffset": 120, "duration": f"PT{run.seconds}S",
                       "distance": run.distance_m, "sport": "RUNNING", "samples": samples}],
    }  # fmt: skip


def _polar_2(run: Truth) -> dict[str, object]:
    rows = list(run.rows())
    start = iso(run.start_s + OFFSET_S, "%Y-%m-%dT%H:%M:%S")
    every = run.every_s * 1000

    def spaced(kind: str, values: Sequence[float]) -> dict[str, object]:
        return {"type": kind, "intervalMillis": every, "values": [math.nan, *values[1:]]}

    points = [
        {"longitude": run.longitude_deg, "latitude": latitude, "altitude": 120.0, "elapsedMillis": t * 1000}
        for t, _, latitude, _ in rows
    ]
    exercise = {
        "startTime": start, "durationMillis": run.seconds * 1000, "distanceMeters": run.distance_m,
        "timezoneOffsetMinutes": 120, "sport": {"id": "1"},
        "samples": {"samples": [spaced("HEART_RATE", [r[3] for r in rows]), spaced("DISTANCE", [r[1] for r in rows]),
                                spaced("SPEED", [run.speed_m_s * 3.6 for _ in rows])]},
        "routes": {"route": {"startTime": start, "wayPoints": points}},
    }  # fmt: skip
    return {
        "identifier": {"id": "1"}, "startTime": start, "timezoneOffsetMinutes": 120, "sport": {"id": "1"},
        "durationMillis": run.seconds * 1000, "product": {"modelName": "Polar Test"}, "exercises": [exercise],
    }  # fmt: skip


def polar(found: Sequence[Truth], version: int = 2) -> Members:
    """Return a Polar user-data-export in either of the two shapes (version 2 writes a bare NaN)."""
    members: Members = [("activity-2020-01-01-x.json", b'{"exportVersion": "1.6", "date": "2020-01-01"}')]
    for i, run in enumerate(found):
        if version == 1:
            name = f"training-session-{iso(run.start_s + OFFSET_S, '%Y-%m-%d')}-{i}-uuid.json"
            members.append((name, json.dumps(_polar_1(run)).encode()))
        else:
            name = f"training-session_{iso(run.start_s + OFFSET_S, '%Y-%m-%dT%H-%M-%S')}_{i}-uuid.json"
            members.append((name, json.dumps(_polar_2(run)).encode()))
    return members


def suunto(found: Sequence[Truth]) -> Members:
    """Return Suunto logs: JSON with samples as they are, JSON with wrapped samples, and SML."""
    zone = timedelta(seconds=OFFSET_S)

    def stamp(run: Truth, t: float) -> str:
        return (datetime.fromtimestamp(run.start_s + t, UTC) + zone).strftime("%Y-%m-%dT%H:%M:%S.000+02:00")

    def fields(run: Truth, metres: float, latitude: float, beats: int) -> dict[str, float]:
        return {
            "HR": beats / 60.0, "Latitude": math.radians(latitude), "Longitude": math.radians(run.longitude_deg),
            "Distance": metres, "Speed": run.speed_m_s, "Altitude": 120.0, "Temperature": 293.15, "Cadence": 85 / 60.0,
        }  # fmt: skip

    members: Members = []
    for i, run in enumerate(found):
        rows = [(stamp(run, t), fields(run, metres, latitude, beats)) for t, metres, latitude, beats in run.rows()]
        header = {"ActivityType": 3, "DateTime": stamp(run, 0), "Duration": run.seconds, "Distance": run.distance_m}
        if i % 3 == 0:
            log = {"Device": {"Name": "Suunto Test"}, "Header": header,
                   "Samples": [{"TimeISO8601": when, **values} for when, values in rows]}  # fmt: skip
            members.append((f"{i}.json", json.dumps({"DeviceLog": log}).encode()))
        elif i % 3 == 1:
            wrapped = [{"Attributes": {"suunto/sml": {"Sample": values}}, "Source": "suunto-1", "TimeISO8601": when}
                       for when, values in rows]  # fmt: skip
            members.append((f"{i}/samples.json", json.dumps({"Samples": wrapped}).encode()))
        else:
            inside = "".join(
                "<Sample>" + "".join(f"<{n}>{v}</{n}>" for n, v in values.items()) + f"<UTC>{when}</UTC></Sample>"
                for when, values in rows
            )
            told = "".join(f"<{n}>{v}</{n}>" for n, v in header.items())
            members.append((f"{i}.sml", (
                f'<?xml version="1.0"?><sml xmlns="http://www.suunto.com/schemas/sml"><DeviceLog><Device><Name>S</Name>'
                f"</Device><Header>{told}</Header><Samples>{inside}</Samples></DeviceLog></sml>"
            ).encode()))  # fmt: skip
    return members


KINDS_OF_ARCHIVE: dict[str, Callable[[Sequence[Truth]], Members]] = {
    "strava": strava, "garmin": garmin, "apple": apple, "polar": polar,
    "polar-1": lambda found: polar(found, 1), "suunto": suunto,
}  # fmt: skip


def write(folder: Path, kind: str, found: Sequence[Truth]) -> Path:
    """Write an archive of a kind into a folder and return its path."""
    path = folder / f"{kind}.zip"
    path.write_bytes(packed(KINDS_OF_ARCHIVE[kind](found)))
    return path
