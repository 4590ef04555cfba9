"""Laws of a whole export: a second diary holds the same, value for value; half a folder never looks whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from store_cases import change, recorded_diary, recording, same, summary
from test_store_segments import any_samples

from app.cli import main
from app.exporting.back import take_back
from app.exporting.everything import export_all
from app.exporting.folder import INDEX, SUMS, UNFINISHED, ExportError, is_export
from app.exporting.values import lines, payload_of, row_of, row_text, shown
from app.output import CommandError
from app.store import Store
from app.store.exchange import TABLES, returning, snapshot
from app.store.schema import RUNS
from app.store.segments import samples_of, segments_of
from edge.coach.types import Profile, Race
from edge.samples import DeviceInfo, Gap, HeartRate, Samples

NOW = 1_790_000_000.0


def diary(path: Path) -> Path:
    """Make a diary with a recorded run, an imported one, and something in every table."""
    recorded_diary(path)
    with Store(path) as store:
        odd = HeartRate(
            np.array([0.0, 1.0]), np.array([140.0, np.nan]), np.array([2.0, 0.0]), np.array([0.4, 0.1 + 0.2])
        )
        strange = HeartRate(
            np.array([np.uint64(0x7FF8000000000001).view(float)]), np.array([-0.0]), np.zeros(1), np.empty(0)
        )
        samples = (odd, Gap(2.0, np.nan, "fix", "süd"), DeviceInfo("maker", 'a "model", with comma'))
        store.add_recording(recording(samples), summary(distance_m=8.4), file_name="läuf.fit", file_sha256="ab")
        store.add_recording(recording((strange,), start_unix_s=1_700_100_000.0), summary())
        store.start_run(source="test", sport="running", start_unix_s=1_700_200_000.25)
        store.save_profile(Profile(age=41.0, sex="f", injuries=("left knee",)))
        store.add_race(Race(20_000, 10_000.0, 2_512.25, "City Ten"))
        store.add_race(Race(20_100, 21_097.5, float("nan"), ""))
        made = store.save_decision('{"show": "ruhig", "n": 1e-17}', '{"a": NaN}', 1_700_000_200.125)
        store.add_outcome(made, "done", 1_700_000_300.0)
        store.add_outcome(made, "done", 1_700_000_400.0)
        store.add_sentence("mein Knie zwickt\n„links“", (), 1_700_000_500.5)
        store.take_back(1, 1_700_000_600.0)
        store.save_memory("person", bytes(range(256)), 1.5)
        store.save_memory("choose", b'{"on": true}', 2.5)
    return path


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a diary, the payloads of segments included."""
    with Store(path) as store, snapshot(store) as found:
        told: dict[str, list[tuple[object, ...]]] = {table.name: list(found.rows(table)) for table in TABLES}
        told["segments"] = [
            (row[0], one.place, one.before, one.segment.stream, one.segment.count, repr(one.segment.from_s),
             repr(one.segment.to_s), one.segment.payload)
            for row in found.rows(RUNS) for one in found.segments(int(row[0] or 0))
        ]  # fmt: skip
        assert found.damaged == 0
    return told


def exported(source: Path, folder: Path) -> Path:
    with Store(source) as store:
        export_all(store, folder, NOW)
    return folder


def test_a_second_diary_holds_the_same_table_by_table_value_for_value(tmp_path: Path) -> None:
    source = diary(tmp_path / "one.db")
    folder = exported(source, tmp_path / "out")
    with Store(tmp_path / "two.db") as second:
        returned = take_back(second, folder)
        assert second.check().ok
    assert len(returned.runs) == 4 and not returned.known
    one, two = tables(source), tables(tmp_path / "two.db")
    assert all(one[name] for name in one)
    for name in one:
        assert repr(one[name]) == repr(two[name]), name


def test_the_command_gives_and_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, folder = diary(tmp_path / "one.db"), tmp_path / "out"
    assert main(["export", "--all", str(folder), "--db", str(source), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"] == 4
    assert main(["import", str(folder), "--db", str(tmp_path / "two.db"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["runs"]) == 4
    assert repr(tables(source)) == repr(tables(tmp_path / "two.db"))


def test_taken_twice_is_taken_once(tmp_path: Path) -> None:
    source = diary(tmp_path / "one.db")
    folder, before = exported(source, tmp_path / "out"), repr(tables(source))
    with Store(source) as store:
        returned = take_back(store, folder)
    assert not returned.added and not returned.runs
    assert repr(tables(source)) == before


def test_a_diary_that_has_rows_keeps_them_and_gets_the_others(tmp_path: Path) -> None:
    folder = exported(diary(tmp_path / "one.db"), tmp_path / "out")
    with Store(tmp_path / "two.db") as second:
        mine = second.add_recording(recording(start_unix_s=1_600_000_000.0), summary())
        second.save_profile(Profile(age=50.0))
        take_back(second, folder)
        assert second.profile().age == 50.0 and len(second.runs()) == 5
        assert second.samples(mine)[1] == () and second.check().ok
        assert all(second.samples(row.run_id)[1] == () for row in second.runs())


def test_the_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    folder = exported(diary(tmp_path / "one.db"), tmp_path / "out")
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum here")
    subprocess.run(["sha256sum", "--quiet", "-c", SUMS], cwd=folder, check=True)


def test_the_same_diary_gives_the_same_files(tmp_path: Path) -> None:
    source = diary(tmp_path / "one.db")
    assert (exported(source, tmp_path / "a") / SUMS).read_text() == (
        exported(source, tmp_path / "b") / SUMS
    ).read_text()


def test_any_changed_byte_is_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    folder = exported(diary(tmp_path / "one.db"), tmp_path / "out")
    rng = np.random.default_rng(4)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        for at in rng.integers(0, len(whole), 3):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
            with Store(tmp_path / "two.db") as second, pytest.raises(ExportError):
                take_back(second, folder)
        path.write_bytes(whole[: -min(20, len(whole))])
        with Store(tmp_path / "two.db") as second, pytest.raises(ExportError):
            take_back(second, folder)
        path.write_bytes(whole)
    with Store(tmp_path / "two.db") as second:
        assert second.runs() == [] and second.decisions() == []


def test_a_list_with_a_line_missing_is_refused(tmp_path: Path) -> None:
    folder = exported(diary(tmp_path / "one.db"), tmp_path / "out")
    listed = (folder / SUMS).read_text().splitlines(keepends=True)
    for left_out in range(len(listed)):
        (folder / SUMS).write_text("".join(listed[:left_out] + listed[left_out + 1 :]))
        with Store(tmp_path / "two.db") as second, pytest.raises(ExportError, match="not whole"):
            take_back(second, folder)


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "a\\b"])
def test_a_list_that_names_what_is_outside_is_refused(tmp_path: Path, name: str) -> None:
    folder = exported(diary(tmp_path / "one.db"), tmp_path / "out")
    listed = (folder / SUMS).read_text()
    (folder / SUMS).write_text(f"{listed}{'0' * 64}  {name}\n")
    with Store(tmp_path / "two.db") as second, pytest.raises(ExportError, match=SUMS):
        take_back(second, folder)


def test_a_newer_export_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import hashlib

    folder = exported(diary(tmp_path / "one.db"), tmp_path / "out")
    was = hashlib.sha256((folder / INDEX).read_bytes()).hexdigest()
    newer = (folder / INDEX).read_text().replace('"version": 1', '"version": 2')
    (folder / INDEX).write_text(newer)
    listed = (folder / SUMS).read_text().replace(was, hashlib.sha256(newer.encode()).hexdigest())
    (folder / SUMS).write_text(listed)
    assert main(["import", str(folder), "--db", str(tmp_path / "two.db")]) == 1
    assert "newer Kadenz" in capsys.readouterr().err


def test_a_folder_of_something_else_is_never_touched(tmp_path: Path) -> None:
    source, folder = diary(tmp_path / "one.db"), tmp_path / "out"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(CommandError, match="something else"):
        exported(source, folder)
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name] == ["out"]
    assert (folder / "letter.txt").read_text() == "dear"


def test_an_export_takes_the_place_of_an_older_one_but_not_of_what_was_laid_into_it(tmp_path: Path) -> None:
    source, folder = diary(tmp_path / "one.db"), tmp_path / "out"
    folder.mkdir()
    exported(source, folder)
    exported(source, folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(CommandError, match=r"notes\.txt"):
        exported(source, folder)
    assert (folder / "notes.txt").read_text() == "mine" and is_export(folder)


def test_an_export_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = diary(tmp_path / "one.db")
    monkeypatch.setattr(
        "app.exporting.everything._stream", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(CommandError, match="No space left"):
        exported(source, tmp_path / "out")
    assert [p.name for p in tmp_path.iterdir()] == ["one.db"]


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_killed_export_looks_unfinished_and_the_next_one_clears_it(tmp_path: Path) -> None:
    source, folder = diary(tmp_path / "one.db"), tmp_path / "out"
    slow = (
        "import sys, time, app.exporting.everything as e\n"
        "was = e._run\n"
        "e._run = lambda *a: (print('now', flush=True), time.sleep(30), was(*a))[2]\n"
        "from app.cli import main\n"
        f"main(['export', '--all', {str(folder)!r}, '--db', {str(source)!r}])\n"
    )
    child = subprocess.Popen([sys.executable, "-c", slow], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "now\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    left = tmp_path / "out.unfinished"
    assert not folder.exists() and (left / UNFINISHED).exists()
    with Store(tmp_path / "two.db") as second, pytest.raises(ExportError, match="interrupted"):
        take_back(second, left)
    exported(source, folder)
    assert not left.exists() and is_export(folder)


def test_a_damaged_row_is_left_out_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = diary(tmp_path / "one.db")
    change(source, "UPDATE segments SET count = count + 1 WHERE id = (SELECT min(id) FROM segments)")
    assert main(["export", "--all", str(tmp_path / "out"), "--db", str(source), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["damaged"] == 1 and "1 damaged" in told.err
    with Store(tmp_path / "two.db") as second:
        take_back(second, tmp_path / "out")
        assert any("missing" in problem for row in second.runs() for problem in second.samples(row.run_id)[1])


def test_a_recorder_may_go_on_while_everything_goes_out(tmp_path: Path) -> None:
    source = diary(tmp_path / "one.db")
    with Store(source) as reader, snapshot(reader) as seen:
        before = list(seen.rows(RUNS))
        with Store(source) as writer:
            writer.add_recording(recording(start_unix_s=1_750_000_000.0), summary())
        assert list(seen.rows(RUNS)) == before


def test_an_error_in_the_middle_stores_nothing(tmp_path: Path) -> None:
    source = tables(diary(tmp_path / "one.db"))
    with Store(tmp_path / "two.db") as second:
        with pytest.raises(RuntimeError), returning(second) as rows:
            for row in source["decisions"]:
                rows.put(next(t for t in TABLES if t.name == "decisions"), row)  # type: ignore[arg-type]
            raise RuntimeError
        assert second.decisions() == []


@given(any_samples())
@settings(max_examples=150, deadline=None)
def test_what_text_can_hold_it_holds_to_the_bit(samples: Samples) -> None:
    for segment in segments_of([samples], 600.0):
        piece = shown(segment)
        if piece is None or isinstance(piece, tuple):
            continue
        (back,) = samples_of(segment.stream, payload_of(segment.stream, list(lines(piece))))  # type: ignore[arg-type]
        assert same(back, piece)  # type: ignore[arg-type]


def test_rows_of_any_kind_of_value_come_back() -> None:
    row = (1, 1.0, 0.1 + 0.2, float("inf"), None, "a\udc80b", "ü\n", b"\xff", b"{}", 2**60)
    names = [str(i) for i in range(len(row))]
    back = row_of(names, row_text(names, row))
    assert back == row and [type(v) for v in back] == [type(v) for v in row]
