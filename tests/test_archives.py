"""Laws of archives: each maker's shape gives its runs, damage costs what is damaged, nothing comes twice."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import archive_writer as made
import pytest
from archive_writer import Members, Truth

from app.importing import Outcome, Status, find_files, find_tasks, import_tasks
from app.store import RunRow, Store
from app.twins import columns, streams_from
from device.files.archives import find
from device.files.strava import read_table

KINDS = sorted(made.KINDS_OF_ARCHIVE)


def imported(store: Store, *paths: Path, workers: int = 0) -> list[Outcome]:
    return list(import_tasks(store, find_tasks(find_files(paths)), workers))


def match(rows: Sequence[RunRow], truths: Sequence[Truth]) -> None:
    """Each run of the truth is there once: its start within 10 s, its distance within 2 % and its duration too."""
    assert len(rows) == len(truths)
    for row, truth in zip(rows, sorted(truths, key=lambda t: t.start_s), strict=True):
        # Suunto's wrapped samples name no sport where no header stands among them.
        assert row.summary is not None and row.sport in ("running", "generic")
        assert abs(row.start_unix_s - truth.start_s) <= 10.0
        assert row.summary.distance_m == pytest.approx(truth.distance_m, rel=0.02)
        assert row.summary.duration_s == pytest.approx(truth.seconds, abs=10.0)


def written(path: Path, members: Members) -> Path:
    path.write_bytes(made.packed(members))
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_each_makers_archive_gives_its_runs(kind: str, tmp_path: Path) -> None:
    truths = made.runs(9, 300)
    path = made.write(tmp_path, kind, truths)
    with Store.in_memory() as store:
        outcomes = imported(store, path)
        rows = store.runs()
        match(rows, truths)
        assert kind == "suunto" or {row.sport for row in rows} == {"running"}
        assert not [o for o in outcomes if o.status in (Status.REJECTED, Status.SALVAGED)]
        heard = [row.summary.avg_hr_bpm for row in rows if row.summary is not None]
    expected = [t.bpm for t in sorted(truths, key=lambda t: t.start_s)]
    known = [(a, b) for a, b in zip(heard, expected, strict=True) if a == a]
    assert len(known) >= (6 if kind == "strava" else 9)  # every fourth GPX of Strava has no heart rate
    assert all(abs(a - b) < 5.0 for a, b in known)


@pytest.mark.parametrize("kind", ["strava", "apple", "garmin"])
def test_an_unpacked_archive_is_read_like_the_packed_one(kind: str, tmp_path: Path) -> None:
    truths = made.runs(8, 200)
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(made.write(tmp_path, kind, truths)) as archive:
        archive.extractall(folder)
    with Store.in_memory() as store:
        imported(store, folder)
        match(store.runs(), truths)


def test_worker_processes_read_archives_alike(tmp_path: Path) -> None:
    truths = made.runs(14, 120)
    path = made.write(tmp_path, "garmin", truths)
    with Store.in_memory() as store:
        imported(store, path, workers=2)
        match(store.runs(), truths)


@pytest.mark.parametrize("language", sorted(made.HEADS))
@pytest.mark.parametrize(("coding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t")])
def test_a_strava_table_is_read_in_any_language_and_coding(language: str, coding: str, delimiter: str) -> None:
    named = [(f"activities/{i}.gpx", run) for i, run in enumerate(made.runs(5, 60))]
    text = made.strava_table([*named, ("", named[0][1])], language, delimiter)
    table = read_table(text.encode(coding))
    assert set(table.sports) == {name for name, _ in named} and set(table.sports.values()) == {"run"}
    assert (table.listed, table.without_file, table.problems) == (6, 1, ())


def test_a_table_gives_the_sport_and_names_what_is_missing(tmp_path: Path) -> None:
    truths = made.runs(3, 120)
    table = made.strava_table([("activities/0.gpx", truths[0]), ("activities/gone.fit.gz", truths[1]), ("", truths[2])])
    path = written(
        tmp_path / "a.zip", [("activities/0.gpx", made.gpx(truths[0], "")), ("activities.csv", table.encode())]
    )
    with Store.in_memory() as store:
        told = {Path(o.file).name: o for o in imported(store, path)}
        assert [row.sport for row in store.runs()] == ["running"]
    problems = told["activities.csv"].problems
    assert problems[0] == "a table of 3 activities" and told["activities.csv"].status is Status.SKIPPED
    assert "1 of them have no file" in problems[1] and "gone.fit.gz" in problems[2]


@pytest.mark.parametrize("table", [b"", b"\0\0\0", b"a,b\n1,2\n", b'"never closed', b"\xff\xfe\x00", b"x" * 200_000])
def test_a_wrong_table_costs_nothing(table: bytes, tmp_path: Path) -> None:
    truth = made.runs(1, 120)[0]
    path = written(tmp_path / "a.zip", [("activities/0.gpx", made.gpx(truth)), ("activities.csv", table)])
    with Store.in_memory() as store:
        outcomes = imported(store, path)
        match(store.runs(), [truth])
    assert len(outcomes) == 2


def test_an_archive_inside_an_archive_leaves_no_copy_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    found = find([made.write(tmp_path, "garmin", made.runs(2, 60))])
    assert [task.shown for task in found if task.depth] and any((tmp_path / "temp").iterdir())
    del found
    assert not list((tmp_path / "temp").iterdir())


def damaged(members: Members) -> Members:
    """Return the members with one of each kind of damage added or done."""
    bomb = gzip.compress(b"<gpx><trk><trkseg>" + b" " * (64 << 20))
    inner = made.packed([("deep.zip", made.packed([("x.fit", b"junk")]))])
    return [
        *members,
        ("activities/empty.fit.gz", b""),
        ("activities/cut.gpx.gz", gzip.compress(made.gpx(made.Truth(1.59e9, 400, 3.0, 140)))[:200]),
        ("activities/junk.tcx.gz", b"\x1f\x8bnonsense"),
        ("../../evil.gpx", made.gpx(made.Truth(1.61e9, 300, 3.0, 140))),
        ("/etc/evil.fit", made.fit(made.Truth(1.62e9, 300, 3.0, 140))),
        ("C:\\evil\\lauf über.gpx", made.gpx(made.Truth(1.63e9, 300, 3.0, 140))),
        ("bomb.gpx.gz", bomb),
        ("bomb.gpx", b"<gpx><trk><trkseg>" + b" " * (64 << 20)),
        ("nested.zip", inner),
    ]


def test_damage_costs_only_what_is_damaged_and_every_file_has_a_fate(tmp_path: Path) -> None:
    truths = made.runs(20, 200)
    members = damaged(made.strava(truths))
    path = tmp_path / "home" / "a.zip"
    path.parent.mkdir()
    whole = bytearray(made.packed(members))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        victim = archive.getinfo("activities/9001.gpx")
        names = len(archive.infolist())
    middle = victim.header_offset + 30 + len(victim.filename) + victim.compress_size // 2
    whole[middle : middle + 8] = b"\xff" * 8
    path.write_bytes(bytes(whole))
    with Store.in_memory() as store:
        outcomes = imported(store, path)
        starts = [row.start_unix_s for row in store.runs()]
    assert len(outcomes) == names
    told = {o.file.rpartition("/")[2]: o for o in outcomes}
    others = [t.start_s for i, t in enumerate(sorted(truths, key=lambda t: t.start_s)) if i != 1]
    assert all(any(abs(s - start) < 5.0 for s in starts) for start in (*others, 1.61e9, 1.62e9, 1.63e9))
    assert told["9001.gpx"].status in (Status.SALVAGED, Status.REJECTED)
    assert told["empty.fit.gz"].status is Status.SKIPPED and told["junk.tcx.gz"].status is Status.REJECTED
    for name in ("bomb.gpx.gz", "bomb.gpx"):
        assert told[name].status is Status.REJECTED and "refused" in told[name].problems[0]
    assert "refused" in told["deep.zip"].problems[0]
    assert all(o.problems for o in outcomes if o.status in (Status.REJECTED, Status.SALVAGED, Status.SKIPPED))
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "home"]


def test_a_health_export_cut_short_keeps_what_stands_before(tmp_path: Path) -> None:
    truths = made.runs(4, 200)
    members = dict(made.apple(truths))
    name = "apple_health_export/export.xml"
    at = members[name].rindex(b"<Workout ")
    members[name] = members[name][: at + 40]
    with Store.in_memory() as store:
        outcomes = imported(store, written(tmp_path / "a.zip", list(members.items())))
        rows = store.runs()
        assert len(rows) == 4  # the fourth from its track alone
        assert sum(row.summary is not None and row.summary.avg_hr_bpm > 0 for row in rows) == 3
    assert any("read to a defect" in problem for o in outcomes for problem in o.problems)


@pytest.mark.parametrize("document", ["Export.xml", "exportación.xml"])
def test_a_health_export_is_known_by_its_content(document: str, tmp_path: Path) -> None:
    truths = made.runs(2, 200)
    with Store.in_memory() as store:
        imported(store, written(tmp_path / "a.zip", made.apple(truths, document)))
        match(store.runs(), truths)


def test_a_health_document_that_declares_an_entity_expands_nothing(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    document = f'<?xml version="1.0"?>{bomb}<HealthData><Workout x="&b;"/></HealthData>'.encode()
    with Store.in_memory() as store:
        (outcome,) = imported(store, written(tmp_path / "a.zip", [("export.xml", document)]))
    assert outcome.status is Status.REJECTED and "undefined entity" in outcome.problems[0]


def test_one_run_from_three_sources_keeps_the_richest_columns(tmp_path: Path) -> None:
    truths = made.runs(3, 300)
    strava = [(f"activities/{i}.gpx", made.gpx(t)) for i, t in enumerate(truths)]
    first = written(tmp_path / "strava.zip", strava)
    apple = written(tmp_path / "apple.zip", made.apple(truths))
    garmin = written(tmp_path / "garmin.zip", [(f"{i}.fit", made.fit(t)) for i, t in enumerate(truths)])
    with Store.in_memory() as store:
        imported(store, first)
        ids = [row.run_id for row in store.runs()]
        assert all(row.summary is not None and row.summary.avg_hr_bpm != row.summary.avg_hr_bpm for row in store.runs())
        brought = [o for o in imported(store, apple) if o.columns]
        assert len(brought) == 3 and all(o.status is Status.DUPLICATE for o in brought)
        assert brought[0].columns["fix.latitude_deg"] == "0.gpx"
        assert brought[0].columns["heart_rate.bpm"].startswith("workout ")
        imported(store, garmin)
        rows = store.runs()
        assert [row.run_id for row in rows] == ids
        match(rows, truths)
        samples, damage = store.samples(ids[0])
        origins = columns(samples, rows[0].file_name)
        assert not damage and origins["heart_rate.bpm"] == "0.fit"  # five times as dense as the watch's records
        assert origins["fix.latitude_deg"] == "0.gpx" and streams_from(rows[0].file_name)["heart_rate"]
        bpm = rows[0].summary.avg_hr_bpm if rows[0].summary else 0.0
        assert abs(bpm - truths[0].bpm) < 3.0
        assert store.check().ok
        before = [(row.run_id, row.file_name) for row in store.runs()]
        assert {o.status for o in imported(store, first, apple, garmin)} <= {Status.DUPLICATE, Status.SKIPPED}
        assert [(row.run_id, row.file_name) for row in store.runs()] == before


@pytest.mark.parametrize(
    "order", [("garmin", "apple", "polar"), ("polar", "garmin", "apple"), ("apple", "polar", "garmin")]
)
def test_the_order_of_archives_does_not_change_how_many_runs_there_are(order: tuple[str, ...], tmp_path: Path) -> None:
    truths = made.runs(4, 240)
    with Store.in_memory() as store:
        for kind in order:
            imported(store, made.write(tmp_path, kind, truths))
        match(store.runs(), truths)


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from app.cli import main; raise SystemExit(main())", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("kind", ["garmin", "apple"])
def test_an_import_killed_in_the_middle_goes_on_and_brings_nothing_twice(kind: str, tmp_path: Path) -> None:
    truths = made.runs(60, 400)
    path, diary = made.write(tmp_path, kind, truths), tmp_path / "diary.db"
    child = start("import", path, "--db", diary)
    deadline = time.monotonic() + 60.0
    while time.monotonic() < deadline and child.poll() is None:
        if diary.exists() and _stored(diary) >= 5:
            break
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    reached = _stored(diary)
    assert 5 <= reached < 60
    again = start("import", path, "--db", diary, "--json")
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    with Store(diary) as store:
        match(store.runs(), truths)
    statuses = Counter(str(entry["status"]) for entry in json.loads(out))
    # At most one file was in the diary and not yet in the journal when the kill came.
    assert statuses["imported"] >= 59 and statuses["imported"] + statuses["duplicate"] == 60
    assert not list(tmp_path.glob("diary.db.import-*"))


def _stored(diary: Path) -> int:
    with Store(diary) as store:
        return len(store.runs())


@pytest.mark.parametrize("kind", ["apple", "polar", "polar-1", "suunto"])
def test_no_damage_inside_a_document_ends_in_a_fault_of_ours(kind: str, tmp_path: Path) -> None:
    rng = random.Random(11)
    bits = [b'"', b"{", b"}", b"9", b"-", b"e99", b"null", b"<", b">", b"\xff", b"", b"NaN", b"9" * 400, b"true", b"[]"]
    plain = made.KINDS_OF_ARCHIVE[kind](made.runs(3, 60, 5))
    members: Members = []
    for i in range(25):
        for name, content in plain:
            body = bytearray(content)
            for _ in range(rng.randrange(1, 4)):
                at = rng.randrange(len(body) + 1)
                body[at : at + rng.choice((0, 1, 8))] = rng.choice(bits)
            members.append((f"{i}/{name}", bytes(body)))
    with Store.in_memory() as store:
        outcomes = imported(store, written(tmp_path / "a.zip", members))
        assert store.check().ok
    assert not [p for o in outcomes for p in o.problems if "inside Kadenz" in p]
    assert {o.status for o in outcomes} > {Status.SALVAGED if kind == "apple" else Status.REJECTED}
