"""Laws of the diary: what it returns is what was stored, whoever opens it and however often."""

from __future__ import annotations

import math
import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest
from store_cases import NAN, SAMPLES_A_SECOND, recorded_diary, recording, same, second, summary

from app.store import RunRow, Store, StoreError, StoreReason, diary_path, examine
from app.store.schema import MIGRATIONS, TABLES, connect, prepare, segment_id, segment_place
from edge.coach.said import Constraint
from edge.coach.types import Profile, Race
from edge.samples import DeviceInfo, Gap, Inertial, select


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "diary.db"


def test_a_recording_comes_back_as_it_was(diary: Path) -> None:
    r = recording()
    with Store(diary) as store:
        run_id = store.add_recording(r, summary(distance_m=8.4), file_name="a.fit", file_sha256="ff00")
    with Store(diary, create=False) as store:
        samples, problems = store.samples(run_id)
        row = store.run(run_id)
        assert problems == ()
        assert (store.laps(run_id)[0], store.pauses(run_id)) == (r.laps[0], r.pauses)
        assert repr(store.laps(run_id)[1]) == repr(r.laps[1])
        assert store.has_file("ff00") == (run_id,) and store.has_file("") == ()
    joined = select(r.samples, Inertial)
    assert joined is not None and same(samples[0], joined)
    assert (row.state, row.samples, row.sport, row.sub_sport) == ("finished", 3 * SAMPLES_A_SECOND, "running", "trail")
    assert (row.utc_offset_s, row.device, row.file_name, row.source) == (-18_000.0, "a watch", "a.fit", "import")
    assert repr(row.stated) == repr(r.stated) and repr(row.summary) == repr(summary(distance_m=8.4))


def test_appends_are_numbered_through_the_whole_run_whoever_appends(diary: Path) -> None:
    with Store(diary) as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.7e9)
        assert store.append(run_id, second(0)) == SAMPLES_A_SECOND
        assert store.append(run_id, []) == SAMPLES_A_SECOND
    with Store(diary) as store:
        assert store.append(run_id, [Gap(1.0, 2.0, "fix", "bridge"), DeviceInfo("m")]) == SAMPLES_A_SECOND + 2
        assert store.run(run_id).samples == SAMPLES_A_SECOND + 2
        assert store.check().samples == SAMPLES_A_SECOND + 2


def test_a_run_is_open_until_it_is_finished_and_takes_nothing_afterwards(diary: Path) -> None:
    with Store(diary) as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.7e9, boot_id="b", boot_s=5.0)
        store.append(run_id, second(0))
        assert [r.run_id for r in store.open_runs()] == [run_id]
        assert store.run(run_id).valid is False
        where = store.open_run(run_id)
        assert (where.samples, where.last_s, where.boot_id) == (SAMPLES_A_SECOND, 51 / 52, "b")
        store.finish_run(run_id, summary())
        assert store.open_runs() == [] and store.run(run_id).valid
        with pytest.raises(StoreError):
            store.append(run_id, second(1))


def test_a_suspect_run_is_not_valid(diary: Path) -> None:
    with Store(diary) as store:
        run_id = store.add_recording(recording(), summary(suspect=("a vehicle",)))
        assert not store.run(run_id).valid


def test_runs_are_listed_by_start_and_filtered_by_time_and_sport(diary: Path) -> None:
    with Store(diary) as store:
        for start, sport in ((300.0, "running"), (100.0, "cycling"), (200.0, "running")):
            store.add_recording(recording(start_unix_s=start, sport=sport), summary())
        assert [r.start_unix_s for r in store.runs()] == [100.0, 200.0, 300.0]
        assert [r.start_unix_s for r in store.runs(since_unix_s=200.0, until_unix_s=300.0)] == [200.0, 300.0]
        assert [r.start_unix_s for r in store.runs(sport="cycling")] == [100.0]


def test_the_same_run_gets_the_same_id_in_every_diary_and_never_twice_in_one() -> None:
    ids = []
    for _ in range(2):
        with Store.in_memory() as store:
            ids.append([store.add_recording(recording(), summary()) for _ in range(5)])
    assert ids[0] == ids[1] and len(set(ids[0])) == 5


def test_the_person_their_races_and_decisions_come_back(diary: Path) -> None:
    said = Profile(age=41.0, sex="f", injuries=("knee",), beta_blockers=True)
    with Store(diary) as store:
        assert repr(store.profile()) == repr(Profile())
        store.save_profile(said)
        number = store.add_race(Race(20_000, 21_097.5, NAN, "half"))
        assert store.add_race(Race(20_000, 21_097.5, 5400.0, "half")) == number
        store.add_race(Race(19_000, 5000.0, NAN))
        known = store.save_decision('{"a": 1}', "{}", 10.0)
        assert store.save_decision('{"a": 1}', "{}", 20.0) == known
        store.save_decision('{"a": 2}', "{}", 30.0)
        store.add_outcome(known, '{"done": true}', 40.0)
    with Store(diary) as store:
        assert repr(store.profile()) == repr(said)
        assert [(r.day, r.time_s) for r in store.races()][1] == (20_000, 5400.0) and len(store.races()) == 2
        assert (store.decision(known).document, store.decision(known).made_unix_s) == ('{"a": 1}', 10.0)
        assert [d.made_unix_s for d in store.decisions()] == [30.0, 10.0] and len(store.decisions(1)) == 1
        assert store.outcomes(known) == ('{"done": true}',)
        assert store.check().ok


@pytest.mark.parametrize(
    "call", [lambda s: s.run("x"), lambda s: s.decision("x"), lambda s: s.add_outcome("x", "", 0.0)]
)
def test_an_unknown_id_is_said_in_one_line(call: object) -> None:
    with Store.in_memory() as store, pytest.raises(StoreError, match="there is no") as caught:
        call(store)  # type: ignore[operator]
    assert caught.value.reason is StoreReason.UNKNOWN_ID and "\n" not in str(caught.value)


def test_a_closed_diary_is_one_file_and_the_recording_of_a_private_person(diary: Path) -> None:
    recorded_diary(diary)
    assert [f.name for f in diary.parent.iterdir()] == ["diary.db"]
    assert diary.stat().st_mode & 0o077 == 0


def test_threads_share_one_diary(diary: Path) -> None:
    with Store(diary) as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.7e9)
        numbers: list[int] = []
        threads = [
            threading.Thread(target=lambda n=n: numbers.append(store.append(run_id, second(n)))) for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(numbers) == [SAMPLES_A_SECOND * n for n in range(1, 9)]
        assert store.check().ok


def test_the_path_is_the_option_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert diary_path(tmp_path) == tmp_path / "diary.db"
    assert diary_path(tmp_path / "my.db") == tmp_path / "my.db"
    monkeypatch.setenv("KADENZ_HOME", str(tmp_path / "home"))
    assert diary_path(None) == tmp_path / "home" / "diary.db"
    monkeypatch.delenv("KADENZ_HOME")
    assert diary_path(None).name == "diary.db"


def test_the_checked_columns_are_the_columns_of_the_tables() -> None:
    database = connect(":memory:")
    prepare(database, "memory")
    for table in TABLES:
        assert (*table.columns, "checksum") == tuple(c.name for c in database[table.name].columns), table.name
    assert set(database.table_names()) == {t.name for t in TABLES} and len(MIGRATIONS) == 3
    database.close()


def test_a_segments_row_number_holds_its_run_and_its_place() -> None:
    assert segment_place(segment_id(7, 12)) == (7, 12) and segment_id(7, 2**32 - 1) < segment_id(8, 0)


def test_a_missing_diary_is_not_made_unless_asked(diary: Path) -> None:
    with pytest.raises(StoreError, match="there is no diary"):
        Store(diary, create=False)
    assert not diary.exists() and not examine(diary).ok


def test_reading_changes_no_byte(diary: Path) -> None:
    run_id = recorded_diary(diary)
    before = diary.read_bytes()
    with Store(diary) as store:
        rows: list[RunRow] = store.runs()
        store.samples(run_id)
    assert examine(diary).ok and len(rows) == 1 and diary.read_bytes() == before


def test_sqlite_finds_a_new_diary_sound_with_any_tool(diary: Path) -> None:
    recorded_diary(diary)
    connection = sqlite3.connect(diary)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x4B444E5A,)
    connection.close()


def test_nan_and_infinite_times_do_not_confuse_the_end_of_a_run() -> None:
    with Store.in_memory() as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.7e9)
        lost = np.full(3, NAN)
        store.append(run_id, [Inertial(lost, np.zeros((3, 3)), np.zeros((3, 3)))])
        assert math.isnan(store.open_run(run_id).last_s) and store.run(run_id).samples == 3


def test_what_was_said_is_kept_and_what_was_taken_back_no_longer_counts() -> None:
    knee, sleep = Constraint("pain", "knee", "left", 4.0, "downhill"), Constraint("sleep", situation="bad")
    with Store.in_memory() as store:
        first = store.add_sentence("left knee hurts 4/10 going downhill, slept badly", (knee, sleep), 100.0)
        store.add_sentence("slept badly", (sleep,), 200.0)
        assert [repr(one.constraint) for one in store.said()] == [repr(knee), repr(sleep), repr(sleep)]
        store.take_back(first, 300.0)
        assert [one.said_unix_s for one in store.said()] == [200.0]
        assert [row.text[:4] for row in store.sentences()] == ["left", "slep"]
        with pytest.raises(StoreError, match="no sentence 9"):
            store.take_back(9, 1.0)


@pytest.mark.parametrize(
    "wrong", [{"kind": "ache"}, {"kind": "pain", "area": "elbow"}, {"kind": "pain", "severity": 11.0}]
)
def test_a_constraint_outside_the_contract_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"ache|elbow|11"):
        Constraint(**wrong)  # type: ignore[arg-type]
