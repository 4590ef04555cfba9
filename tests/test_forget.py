"""What forgetting promises: no byte of a run is left in any file, and nothing goes that was to stay."""

from __future__ import annotations

import ast
import contextlib
import importlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from forget_cases import DAY_S, START_S, beside, imported, lived_in, rows, track
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "programs"))
from byte_search import Needle, hits, needles_of

from app import cli, forgetting_memories
from app.coach import decide_today, replay
from app.commands.rebuild_command import rebuilt
from app.forgetting import forget, what_goes
from app.forgetting_files import BACKUP, COPY, DRAFT, EXPORT, JOURNAL, LOG
from app.store import Store, StoreError, StoreReason, examine
from app.store.forgetting import Wanted, coarsened, is_due
from app.store.guard import RecorderGuard
from app.store.repair import repair
from edge.coarse import METRES_PER_DEG, coarse_deg, coarse_fixes
from edge.samples import Fix

ROOT = Path(__file__).parents[1]
NOW_S = START_S + 100 * DAY_S


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder with four runs, decisions and files beside them, made once."""
    folder = tmp_path_factory.mktemp("made")
    names = lived_in(folder)
    with Store(folder / "diary.db") as store:
        store.save_memory("how hard runs felt", json.dumps(dict.fromkeys(names, 5)).encode(), START_S - 777.5)
        store.save_memory("app settings", b'{"units": "km"}', START_S - 777.5)
        store.save_memory("gait wrist", b"learned", START_S - 777.5)
    beside(folder, names[1], START_S + DAY_S + 17.125)
    return folder, names


@pytest.fixture
def home(made: tuple[Path, list[str]], tmp_path: Path) -> Path:
    shutil.copytree(made[0], tmp_path / "home")
    return tmp_path / "home"


def needles(made: tuple[Path, list[str]], gone: list[str], positions: bool = False) -> list[Needle]:
    return needles_of(made[0] / "diary.db", gone, positions)


def contents(folder: Path) -> dict[Path, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(("-wal", "-shm")))
    return {p: p.read_bytes() for p in files}


MODES = {
    "one run": (lambda names: Wanted((names[1],)), [1]),
    "two runs": (lambda names: Wanted((names[0], names[2])), [0, 2]),
    "before a day": (lambda names: Wanted(before_day=int((START_S + 2 * DAY_S) // DAY_S)), [0, 1]),
    "everything": (lambda names: Wanted(everything=True), [0, 1, 2, 3]),
}


@pytest.mark.parametrize("mode", MODES)
def test_no_byte_of_a_forgotten_run_is_left_in_any_file(mode: str, made: tuple[Path, list[str]], home: Path) -> None:
    names = made[1]
    wanted, gone = MODES[mode][0](names), [names[at] for at in MODES[mode][1]]
    looked_for = needles(made, gone)
    before = hits(home, looked_for)
    # the control: every kind of trace is found before, so a search that finds nothing afterwards says something
    kinds = {one.needle.what.split(" ", 1)[1].split(" at ")[0] for one in before}
    assert len(before) > 100 and {"id", "latitude as text", "packed fix"} <= kinds, kinds
    if 0 in MODES[mode][1]:  # from a file, in long streams
        assert {"packed heart_rate", "heart rate, <f8"} <= kinds, kinds
    if 1 in MODES[mode][1]:  # recorded by the second: short streams, which lie in one piece
        assert "latitude, float64" in kinds and "inflated, columns undone" in {one.how for one in before}
    done = forget(home / "diary.db", wanted, NOW_S)
    assert hits(home, looked_for) == [] and not done.left
    assert examine(home / "diary.db").ok and examine(home / "exports" / "diary-copy.db").ok


@pytest.mark.parametrize("mode", ["one run", "two runs", "before a day"])
def test_what_was_to_be_kept_is_as_it_was(mode: str, made: tuple[Path, list[str]], home: Path) -> None:
    names = made[1]
    before = rows(home / "diary.db")
    keys = {row[0]: row[1].decode() for row in before["runs"]}
    gone = {names[at] for at in MODES[mode][1]}
    forget(home / "diary.db", MODES[mode][0](names), NOW_S)
    for diary in (home / "diary.db", home / "exports" / "diary-copy.db"):
        after = rows(diary)
        for table, run_of in (
            ("runs", lambda r: r[0]),
            ("summaries", lambda r: r[0]),
            ("segments", lambda r: r[0] >> 32),
        ):
            assert after[table] == [row for row in before[table] if keys[run_of(row)] not in gone], table
        for table in ("profile", "races", "sentences"):
            assert after[table] == before[table]
    assert (home / "exports" / "shopping.txt").exists() and (home / "other.kj").exists()
    with Store(home / "diary.db") as store:
        assert store.memory("app settings") == b'{"units": "km"}' and not is_due(store)
        assert set(json.loads(store.memory("how hard runs felt"))) == set(names) - gone
        assert store.memory("person") == b""


def test_everything_leaves_an_empty_diary_that_works(home: Path) -> None:
    forget(home / "diary.db", Wanted(everything=True), NOW_S)
    assert not any(rows(home / "diary.db").values())
    assert sorted(p.name for p in home.iterdir() if p.is_file()) == ["diary.db", "diary.db.recorder"]
    with Store(home / "diary.db") as store:
        imported(store, 9, START_S)
        assert decide_today(store, NOW_S, predictor=None)[1].session is not None


def test_decisions_that_rested_on_it_are_tombstones_and_say_so(made: tuple[Path, list[str]], home: Path) -> None:
    with Store(home / "diary.db") as store:
        known = store.decisions()
        kept = [row for row in known if row.made_unix_s < START_S + 2 * DAY_S]
        gone = [row for row in known if row not in kept]
    forget(home / "diary.db", Wanted((made[1][2],)), NOW_S)
    with Store(home / "diary.db") as store:
        assert store.decisions() == kept and len(kept) == 2 and len(gone) == 2
        assert all(replay(store, row.decision_id) for row in kept)
        for row in gone:
            with pytest.raises(StoreError, match="rested on runs that you had forgotten on 20") as said:
                replay(store, row.decision_id)
            assert said.value.reason is StoreReason.FORGOTTEN
    stored = [row for row in rows(home / "diary.db")["decisions"] if row[1].decode() in {g.decision_id for g in gone}]
    day = time.strftime("%Y-%m-%d", time.gmtime(NOW_S))
    assert [tuple(row[3:5]) for row in stored] == [(f'{{"forgotten": "{day}"}}'.encode(), b"")] * 2


def test_what_is_learned_afterwards_is_as_if_the_run_had_never_been(tmp_path: Path) -> None:
    with Store(tmp_path / "never.db") as never, Store(tmp_path / "diary.db") as store:
        for seed in range(6):
            imported(store, seed, START_S + seed * DAY_S)
            if seed != 2:
                imported(never, seed, START_S + seed * DAY_S)
        name = store.runs()[2].run_id
        decide_today(store, NOW_S, predictor=None)
    forget(tmp_path / "diary.db", Wanted((name,)), NOW_S)
    with Store(tmp_path / "never.db") as never, Store(tmp_path / "diary.db") as store:
        decided, other = (decide_today(one, NOW_S + DAY_S, predictor=None)[1] for one in (store, never))
        assert store.memory("person") == never.memory("person") != b""
        # what was shown before is of the person, and so is the hash over it
        kept = {name: getattr(decided, name) for name in ("inputs_hash", "content", "introduced")}
        assert decided == replace(other, **kept)


def test_what_goes_is_shown_and_nothing_is_done(made: tuple[Path, list[str]], home: Path) -> None:
    before = contents(home)
    going = what_goes(home / "diary.db", Wanted((made[1][1],)))
    assert [one.run_id for one in going.touched.spans] == [made[1][1]] and len(going.touched.decisions) == 3
    kinds = {(one.path.name, one.kind) for one in going.files}
    assert kinds == {
        ("diary-copy.db", COPY),
        ("run.kj", JOURNAL),
        (f"run-{made[1][1]}.png", EXPORT),
        ("notes.gpx", EXPORT),
        ("diary.db.recorder.log", LOG),
        ("diary.db.restoring", DRAFT),
    }
    assert "person" in going.touched.memories and "gait wrist" in going.touched.memories
    assert contents(home) == before


def test_a_running_recorder_is_never_disturbed(home: Path) -> None:
    before = (home / "diary.db").read_bytes()
    with RecorderGuard(home / "diary.db"), pytest.raises(StoreError, match="another recorder"):
        forget(home / "diary.db", Wanted(everything=True), NOW_S)
    assert (home / "diary.db").read_bytes() == before and (home / "run.kj").exists()


def test_another_reader_delays_the_wiping_and_the_next_call_finishes_it(
    made: tuple[Path, list[str]], home: Path
) -> None:
    looked_for = needles(made, [made[1][1]])
    late = "close it and run this again"
    with Store(home / "diary.db") as other, other._read() as reading, pytest.raises(StoreError, match=late):
        reading.execute("SELECT count(*) FROM runs").fetchone()
        forget(home / "diary.db", Wanted((made[1][1],)), NOW_S)
    with Store(home / "diary.db") as store:
        assert is_due(store)
    done = forget(home / "diary.db", Wanted((made[1][1],)), NOW_S)
    assert done.finished and hits(home, looked_for) == []


def forked(work: Callable[[], object]) -> int:
    """Return the process that does some work and ends, whatever comes of it."""
    child = os.fork()
    if child == 0:
        code = 9
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


@pytest.mark.parametrize("number", range(14))
def test_killed_anywhere_and_called_again_it_finishes(number: int, made: tuple[Path, list[str]], home: Path) -> None:
    names, wanted = made[1], Wanted((made[1][0], made[1][1]))
    before = rows(home / "diary.db")
    child = forked(lambda: (_die_in_step(number), forget(home / "diary.db", wanted, NOW_S)))
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    with Store(home / "diary.db") as store:
        there = {row.run_id for row in store.runs()}
        assert there in (set(names), set(names[2:]))  # all of them or none
        for name in names[2:]:
            assert not store.samples(name)[1]
    try:
        assert not forget(home / "diary.db", wanted, NOW_S).left
    except StoreError as problem:  # killed when all was done
        assert problem.reason is StoreReason.UNKNOWN_ID and there == set(names[2:])
    assert hits(home, needles(made, names[:2])) == [] and examine(home / "diary.db").ok
    kept = [row for row in before["segments"] if before["runs"][2][0] <= row[0] >> 32]
    assert rows(home / "diary.db")["segments"] == kept


def _die_in_step(number: int) -> None:
    """Have this process killed at the n-th of the steps that change a file, counted by the system calls behind them."""
    counted = [0]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.kill":
            return
        if event in ("os.remove", "open", "sqlite3.connect", "os.rename"):
            counted[0] += event != "open" or "home" in str(arguments[0])
        if counted[0] > 3 * number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_and_called_again_it_finishes(seed: int, made: tuple[Path, list[str]], home: Path) -> None:
    wanted = Wanted((made[1][0], made[1][3]))
    child = forked(lambda: forget(home / "diary.db", wanted, NOW_S))
    time.sleep(float(np.random.default_rng(seed).uniform(0.0, 0.25)))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with contextlib.suppress(StoreError):  # it was quicker than the kill
        forget(home / "diary.db", wanted, NOW_S)
    assert hits(home, needles(made, [made[1][0], made[1][3]])) == [] and examine(home / "diary.db").ok
    with Store(home / "diary.db") as store:
        assert [row.run_id for row in store.runs()] == made[1][1:3]


def test_a_full_disk_loses_nothing_and_the_next_call_finishes(made: tuple[Path, list[str]], home: Path) -> None:
    import resource

    before = rows(home / "diary.db")

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with pytest.raises(StoreError):
            forget(home / "diary.db", Wanted((made[1][2],)), NOW_S)
        os._exit(7)

    child = forked(with_little_room)
    assert os.WEXITSTATUS(os.waitpid(child, 0)[1]) == 7
    after = rows(home / "diary.db")
    kept = [row for row in before["segments"] if row[0] >> 32 != before["runs"][2][0]]
    assert after["segments"] in (before["segments"], kept)
    forget(home / "diary.db", Wanted((made[1][2],)), NOW_S)
    assert rows(home / "diary.db")["segments"] == kept and hits(home, needles(made, [made[1][2]])) == []


def test_an_unknown_run_is_named_and_a_damaged_copy_is_not_passed_over(
    made: tuple[Path, list[str]], home: Path
) -> None:
    with pytest.raises(StoreError, match="there is no run 'nobody'"):
        forget(home / "diary.db", Wanted(("nobody",)), NOW_S)
    copy = home / "exports" / "diary-copy.db"
    copy.write_bytes(copy.read_bytes()[:9000])
    done = forget(home / "diary.db", Wanted((made[1][0],)), NOW_S)
    assert [one.path for one in done.left] == [copy]


@pytest.mark.parametrize("seed", range(8))
def test_of_any_diary_any_runs_go_in_any_way_and_the_others_stay(seed: int, tmp_path: Path) -> None:
    rng = np.random.default_rng(seed)
    names = lived_in(tmp_path, int(rng.integers(2, 6)), 0, int(rng.integers(60, 1500)), seed=100 * seed)
    shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name} before")
    gone = sorted(rng.choice(names, int(rng.integers(1, len(names))), replace=False).tolist())
    wanted = Wanted(tuple(gone), coarse_m=float(rng.uniform(50, 5000)) if seed % 2 else np.nan)
    looked_for = needles_of(tmp_path / "diary.db", gone, wanted.coarsens)
    before, traces = rows(tmp_path / "diary.db"), len(hits(tmp_path, looked_for))
    if seed % 3 == 0:  # the log of a program that was killed while it had the diary open
        with Store(tmp_path / "diary.db") as store:
            store.save_memory("app settings", b"{}", START_S - 777.5)
            shutil.copyfile(tmp_path / "diary.db-wal", tmp_path / "kept-wal")
        shutil.move(tmp_path / "kept-wal", tmp_path / "diary.db-wal")
    forget(tmp_path / "diary.db", wanted, NOW_S)
    assert traces > 10 and hits(tmp_path, looked_for) == [] and examine(tmp_path / "diary.db").ok
    keys = {row[0]: row[1].decode() for row in before["runs"]}
    kept = [row for row in before["segments"] if keys[row[0] >> 32] not in gone]
    after = [row for row in rows(tmp_path / "diary.db")["segments"] if keys[row[0] >> 32] not in gone]
    assert after == kept


# Coarse positions


def test_no_exact_position_is_left_and_all_else_of_the_runs_stays(made: tuple[Path, list[str]], home: Path) -> None:
    names, diary = made[1], home / "diary.db"
    looked_for = needles(made, names, positions=True)
    assert len(hits(home, looked_for)) > 100
    with Store(diary) as store:
        before = {name: (store.run(name), store.samples(name)[0]) for name in names}
    forget(diary, Wanted(everything=True, coarse_m=500.0), NOW_S)
    assert hits(home, looked_for) == [] and examine(diary).ok
    with Store(diary) as store:
        assert coarsened(store) == dict.fromkeys(names, 500.0)
        for name, (row, samples) in before.items():
            now = store.samples(name)[0]
            assert len(now) == len(samples)
            for one, was in zip(now, samples, strict=True):
                same = coarse_fixes(was, 500.0) if isinstance(was, Fix) else was
                for column in type(was).__slots__:
                    np.testing.assert_array_equal(getattr(one, column), getattr(same, column))
            at = {"start_latitude_deg": 0.0, "start_longitude_deg": 0.0}
            assert replace(store.run(name).summary, **at) == replace(row.summary, **at)
        assert store.decisions() == []  # they held where home is, to the metre


def test_nothing_is_reckoned_again_from_coarse_positions(home: Path, made: tuple[Path, list[str]]) -> None:
    diary, name = home / "diary.db", made[1][0]
    forget(diary, Wanted((name,), coarse_m=1000.0), NOW_S)
    with Store(diary) as store:
        before = {row.run_id: row.summary for row in store.runs()}
        assert rebuilt(store, store.run(name), np.nan).changed  # what a rebuild would do to it
        store.replace_summary(name, before[name])
    assert cli.main(["rebuild", "--db", str(diary), "--json"]) == 0
    repaired = repair(diary)
    for path in (diary, repaired.path):
        with Store(path) as store:
            assert store.run(name).summary == before[name]


@given(
    st.floats(-89.0, 89.0),
    st.floats(-180.0, 180.0),
    st.floats(10.0, 5000.0),
)
def test_a_coarse_position_is_near_the_exact_one_and_stays_where_it_is(lat: float, lon: float, width_m: float) -> None:
    at = np.array([lat]), np.array([lon])
    coarse = coarse_deg(*at, width_m)
    assert abs(coarse[0][0] - lat) * METRES_PER_DEG <= 0.5001 * width_m
    across = abs(coarse[1][0] - lon) * METRES_PER_DEG * np.cos(np.radians(coarse[0][0]))
    assert across <= 0.5001 * width_m or abs(coarse[0][0]) > 89.0
    again = coarse_deg(*coarse, width_m)
    np.testing.assert_allclose(again, coarse, atol=1e-9)


def test_a_whole_neighbourhood_becomes_one_point() -> None:
    fixes = track(3)[0]
    assert isinstance(fixes, Fix)
    coarse = coarse_fixes(fixes, 5000.0)
    assert len(np.unique(coarse.latitude_deg)) <= 2 and (coarse.accuracy_m >= 3535.0).all()
    np.testing.assert_array_equal(coarse.altitude_m, fixes.altitude_m)
    assert np.isnan(coarse_deg(np.array([np.nan]), np.array([8.0]), 100.0)[0]).all()
    with pytest.raises(ValueError, match="not 1"):
        coarse_deg(np.array([1.0]), np.array([8.0]), 1.0)


# The table of memories


def test_every_memory_that_is_written_has_an_entry() -> None:
    written = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save_memory":
                name = ast.unparse(node.args[0] if len(node.args) == 3 else node.args[1])
                module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                written.add(str(getattr(module, name)) if hasattr(module, name) else name)
    table = forgetting_memories.SAID | forgetting_memories.LEARNED | set(forgetting_memories.EDITS)
    unknown = written - table - {"name", "name_of(place)", "forgetting", "coarsened"}
    assert not unknown, f"say in app/forgetting_memories.py what becomes of {unknown} when runs are forgotten"
    assert {"app settings", "person", "trips", "choosing"} <= written


# The command


def run(*arguments: str) -> int:
    return cli.main(["forget", *arguments])


def test_the_command_says_what_goes_and_needs_a_yes(
    made: tuple[Path, list[str]], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diary = str(home / "diary.db")
    assert run("--db", diary) == 2 and "--before DAY" in capsys.readouterr().err
    assert run("--run", made[1][0], "--db", diary) == 1 and "add --yes" in capsys.readouterr().err
    assert run("--run", made[1][0], "--db", diary, "--dry-run", "--lang", "de") == 0
    assert "Läufe, die verschwinden: 1, mit" in capsys.readouterr().out
    assert run("--run", made[1][0], "--db", diary, "--yes", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["runs"] == [made[1][0]] and told["done"] and told["left"] == []
    assert told["bytes_after"] < told["bytes_before"]
    assert run("--run", made[1][0], "--db", diary, "--yes") == 1
    assert "there is no run" in capsys.readouterr().err
    shutil.rmtree(home / "exports")
    assert run("--before", "2001-01-01", "--db", diary, "--yes") == 0
    assert "nothing of that" in capsys.readouterr().out


def test_a_day_is_the_runs_own_local_day(tmp_path: Path) -> None:
    with Store(tmp_path / "diary.db") as store:
        late = imported(store, 1, 1_750_000_000.0 // DAY_S * DAY_S - 1.0)  # 01:59:59 of the next local day
        early = imported(store, 2, 1_750_000_000.0 // DAY_S * DAY_S - 7201.0)
    going = what_goes(tmp_path / "diary.db", Wanted(before_day=int(1_750_000_000.0 // DAY_S)))
    assert [one.run_id for one in going.touched.spans] == [early] and late != early


def test_a_locked_backup_is_told_of_and_stays(made: tuple[Path, list[str]], home: Path) -> None:
    from app.backups import back_up

    back_up(home / "diary.db", home / "mine.backup", "a passphrase for tests")
    done = forget(home / "diary.db", Wanted((made[1][0],)), NOW_S)
    assert [(one.path.name, one.kind) for one in done.going.files if one.kind == BACKUP] == [("mine.backup", BACKUP)]
    assert (home / "mine.backup").exists() and hits(home, needles(made, [made[1][0]])) == []
