"""What the diary promises when things break: damage is named, trouble is said, nothing stored is lost."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from store_cases import SAMPLES_A_SECOND, change, recorded_diary, second

from app.store import Health, Store, StoreError, StoreReason, examine
from app.store.repair import repair
from app.store.schema import APPLICATION_ID, VERSION, connect, prepare, refuse_unknown
from app.store.seal import PAGE_BYTES, first_page
from edge.coach.types import Profile, Race

ROOT = Path(__file__).parents[1]


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary.db"


def flipped(diary: Path, bit: int) -> None:
    raw = bytearray(diary.read_bytes())
    raw[bit // 8] ^= 1 << bit % 8
    diary.write_bytes(raw)


# Flips


def test_any_flipped_bit_of_a_closed_diary_is_detected(diary: Path) -> None:
    recorded_diary(diary, 12)
    sound = diary.read_bytes()
    for bit in np.random.default_rng(5).integers(len(sound) * 8, size=40).tolist():
        flipped(diary, bit)
        assert not examine(diary).ok, bit
        diary.write_bytes(sound)
    assert examine(diary).ok


def test_any_flipped_bit_of_the_file_header_and_of_the_seal_itself_is_detected(diary: Path) -> None:
    recorded_diary(diary, 2)
    sound = diary.read_bytes()
    for byte in [*range(0, 112, 3), *range(PAGE_BYTES - 12, PAGE_BYTES), *range(2 * PAGE_BYTES - 12, 2 * PAGE_BYTES)]:
        flipped(diary, byte * 8 + byte % 8)
        assert not examine(diary).ok, byte
        diary.write_bytes(sound)


def test_a_damaged_segment_is_named_and_every_other_sample_is_readable(diary: Path) -> None:
    run_id = recorded_diary(diary, 12)
    with sqlite3.connect(diary) as connection:
        payload = connection.execute("SELECT payload FROM segments WHERE stream = 'inertial'").fetchall()[6][0]
    connection.close()
    flipped(diary, (diary.read_bytes().index(payload[:64]) + 9) * 8)
    health = examine(diary)
    assert any(f"segment 24 of run {run_id}" in problem and "6.00 to 6.98 s" in problem for problem in health.problems)
    with Store(diary) as store:
        samples, problems = store.samples(run_id)
    assert len(problems) == 1 and "segment 24" in problems[0]
    assert len(samples[0]) == 11 * 52 and health.samples == 12 * SAMPLES_A_SECOND + 2 - 52  # type: ignore[arg-type]


@pytest.mark.parametrize("column", ["before = before + 1", "count = 51", "to_s = to_s + 1e-9", "stream = 'fix'"])
def test_a_changed_word_about_a_segment_is_detected_without_the_seal(diary: Path, column: str) -> None:
    recorded_diary(diary, 5)
    change(diary, f"UPDATE segments SET {column} WHERE id % 4294967296 = 4")
    health = examine(diary)
    assert len([p for p in health.problems if "segment 4" in p]) == 1, health.problems


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("DELETE FROM segments WHERE id % 4294967296 = 7", "segment 7 of run"),
        ("DELETE FROM segments WHERE id % 4294967296 >= 20", "segment 20 of run"),
        ("DELETE FROM runs", "without it"),
        ("UPDATE runs SET start_unix_s = start_unix_s + 1", "row 1 of runs"),
        ("UPDATE decisions SET document = '{}'", "row 1 of decisions"),
        ("UPDATE meta SET epoch = epoch + 1", "row 1 of meta"),
        ("DROP INDEX runs_by_start", "runs_by_start"),
    ],
)
def test_what_is_missing_or_changed_is_named(diary: Path, sql: str, named: str) -> None:
    recorded_diary(diary, 6)
    change(diary, sql)
    health = examine(diary)
    assert not health.ok and any(named in problem for problem in health.problems), health.problems


def test_a_repair_keeps_everything_readable_and_the_damaged_file(diary: Path) -> None:
    run_id = recorded_diary(diary, 12)
    change(diary, "UPDATE segments SET payload = x'00' WHERE id % 4294967296 = 24")
    before = diary.read_bytes()
    made = repair(diary)
    assert diary.read_bytes() == before and examine(made.path).ok and made.lost_rows == 1
    with Store(made.path) as store:
        samples, problems = store.samples(run_id)
        assert problems == () and len(samples[0]) == 11 * 52  # type: ignore[arg-type]
        assert any("repair" in repr(s) for s in samples)
        assert store.run(run_id).summary is not None and len(store.decisions()) == 1


@pytest.mark.parametrize("page", [1, 2, "any"])
def test_a_repair_puts_a_flipped_bit_of_a_closed_diary_right(diary: Path, page: int | str) -> None:
    recorded_diary(diary, 6)
    sound = diary.read_bytes()
    for seed in range(4):
        rng = np.random.default_rng(seed)
        first, last = (0, len(sound)) if page == "any" else ((int(page) - 1) * PAGE_BYTES, int(page) * PAGE_BYTES)
        flipped(diary, int(rng.integers(first * 8, last * 8)))
        made = repair(diary)
        assert made.path.read_bytes() == sound and (made.mended_bits, made.lost_rows) == (1, 0)
        made.path.unlink()
        diary.write_bytes(sound)


def test_two_flips_in_two_pages_are_put_right_and_two_in_one_are_not_guessed(diary: Path) -> None:
    recorded_diary(diary, 12)
    sound = diary.read_bytes()
    for bit in (8 * 6000, 8 * 9001 + 3):
        flipped(diary, bit)
    made = repair(diary)
    assert made.path.read_bytes() == sound and made.mended_bits == 2
    flipped(diary, 8 * 6100)
    assert repair(diary).lost_rows >= 0 and examine(repair(diary).path).ok


def test_a_repair_goes_on_past_a_page_that_cannot_be_read(diary: Path) -> None:
    run_id = recorded_diary(diary, 60)
    raw = bytearray(diary.read_bytes())
    middle = len(raw) // PAGE_BYTES // 2 * PAGE_BYTES
    raw[middle : middle + PAGE_BYTES] = bytes(PAGE_BYTES)
    diary.write_bytes(raw)
    made = repair(diary)
    assert examine(made.path).ok
    with Store(made.path) as store:
        assert store.run(run_id).samples > 50 * SAMPLES_A_SECOND


@pytest.mark.parametrize("table", ["runs", "races", "decisions", "profile"])
def test_a_damaged_row_is_left_out_or_refused_never_believed(diary: Path, table: str) -> None:
    run_id = recorded_diary(diary, 2)
    with Store(diary) as store:
        store.add_race(Race(1, 5000.0, 1200.0))
        store.save_profile(Profile(injuries=("knee",)))
        known = store.decisions()[0].decision_id
    change(diary, f"UPDATE {table} SET checksum = x'0011223344556677'")
    with Store(diary) as store:
        refused: dict[str, Callable[[], object]] = {
            "runs": lambda: store.run(run_id), "decisions": lambda: store.decision(known), "profile": store.profile,
        }  # fmt: skip
        left_out = {"runs": store.runs, "races": store.races, "decisions": store.decisions}
        if table in refused:
            with pytest.raises(StoreError, match="damaged"):
                refused[table]()
        assert table == "profile" or left_out[table]() == []


# The seal


def test_a_write_voids_the_seal_and_the_next_close_makes_a_new_one(diary: Path) -> None:
    recorded_diary(diary, 3)
    with Store(diary) as store:
        store.start_run(source="x", sport="running", start_unix_s=1.0)
        assert examine(diary).ok
    flipped(diary, diary.stat().st_size * 8 - 200)
    assert not examine(diary).ok


def test_a_seal_of_another_state_is_void_not_wrong(diary: Path) -> None:
    recorded_diary(diary, 3)
    first_page = diary.read_bytes()[PAGE_BYTES - 12 : PAGE_BYTES]
    with Store(diary) as store:
        store.start_run(source="x", sport="running", start_unix_s=1.0)
    raw = bytearray(diary.read_bytes())
    raw[PAGE_BYTES - 12 : PAGE_BYTES] = first_page
    diary.write_bytes(raw)
    assert examine(diary).ok


def test_two_open_diaries_and_a_doctor_never_raise_a_false_alarm(diary: Path) -> None:
    recorded_diary(diary, 3)
    one, other = Store(diary), Store(diary)
    for number in range(4):
        for store in (one, other):
            run_id = store.start_run(source="x", sport="running", start_unix_s=float(number))
            store.append(run_id, second(number))
            assert examine(diary).ok
        if number == 1:
            one.close()
            one = Store(diary)
        assert examine(diary).ok
    one.close()
    assert examine(diary).ok
    other.save_decision("{}", "{}", 1.0)
    assert examine(diary).ok
    other.close()
    flipped(diary, diary.stat().st_size * 8 - 200)
    assert not examine(diary).ok


def test_closing_one_of_two_diaries_of_a_process_keeps_the_others_locks(diary: Path) -> None:
    recorded_diary(diary, 2)
    with Store(diary) as store:
        store.save_decision("{}", "{}", 1.0)
        Store(diary).close()
        assert examine(diary).ok
        code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM runs'); c.close()"
        subprocess.run([sys.executable, "-c", code, str(diary)], check=True)
        # a process that thought itself alone would have removed the log of the diary that is still open
        assert diary.with_name("diary.db-wal").exists()
        store.save_decision("{}", '{"b": 1}', 1.0)
    assert len(Store(diary).decisions()) == 3


# The write-ahead log


def torn(diary: Path, tear: Callable[[bytearray, np.random.Generator], bytearray], seed: int) -> int:
    """Return how many samples are left of a diary whose log was torn; the diary must be sound."""
    with Store(diary) as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.0)
        for number in range(10):
            store.append(run_id, second(number))
        main_file, log = diary.read_bytes(), bytearray(diary.with_name("diary.db-wal").read_bytes())
    diary.write_bytes(main_file)
    diary.with_name("diary.db-wal").write_bytes(tear(log, np.random.default_rng(seed)))
    health = examine(diary)
    assert health.ok or health.problems[0].startswith("the definition"), health.problems
    return health.samples


TEARS: dict[str, Callable[[bytearray, np.random.Generator], bytearray]] = {
    "cut": lambda log, rng: log[: int(rng.integers(len(log)))],
    "flip": lambda log, rng: _with(log, int(rng.integers(32, len(log))), 1),
    "zero page": lambda log, rng: _with(log, int(rng.integers(32, len(log) - 4096)), 4096),
    "garbage": lambda log, rng: log[: (cut := int(rng.integers(len(log))))] + bytearray(rng.bytes(len(log) - cut)),
}


def _with(log: bytearray, at: int, zeros: int) -> bytearray:
    return log[:at] + (bytes(zeros) if zeros > 1 else bytes([log[at] ^ 4])) + log[at + zeros :]


@pytest.mark.parametrize("kind", TEARS)
@pytest.mark.parametrize("seed", range(4))
def test_a_torn_log_leaves_a_prefix_of_whole_commits(tmp_path: Path, kind: str, seed: int) -> None:
    diary = tmp_path / "diary.db"
    Store(diary).close()
    assert torn(diary, TEARS[kind], seed) in [n * SAMPLES_A_SECOND for n in range(11)]


# No room, no right, no time


def test_a_full_disk_is_said_and_nothing_stored_is_lost(diary: Path) -> None:
    with Store(diary) as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.0)
        stored = store.append(run_id, second(0))
        store._connection.execute("PRAGMA max_page_count = 20")
        with pytest.raises(StoreError, match="disk is full") as caught:
            for number in range(1, 50):
                stored = store.append(run_id, second(number))
        assert caught.value.reason is StoreReason.FULL and caught.value.may_pass
        assert store.run(run_id).samples == stored and store.check().ok
        store._connection.execute("PRAGMA max_page_count = 10000")
        assert store.append(run_id, second(60)) == stored + SAMPLES_A_SECOND
    assert examine(diary).ok


def test_a_quota_is_said_and_nothing_stored_is_lost(diary: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store(diary) as store:
        run_id = store.start_run(source="x", sport="running", start_unix_s=1.0)
        stored = store.append(run_id, second(0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
        try:
            with pytest.raises(StoreError) as caught:
                for number in range(1, 100):
                    stored = store.append(run_id, second(number))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert caught.value.may_pass and "nothing stored is lost" in str(caught.value)
        assert store.append(run_id, second(200)) == stored + SAMPLES_A_SECOND
    assert examine(diary).ok


def test_a_locked_diary_is_said_after_a_short_wait(diary: Path) -> None:
    recorded_diary(diary, 2)
    holder = sqlite3.connect(diary, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store(diary, busy_wait_s=0.05) as store:
        with pytest.raises(StoreError, match="in use by another program") as caught:
            store.save_decision("{}", '{"c": 1}', 1.0)
        assert caught.value.may_pass and len(store.runs()) == 1
        holder.execute("ROLLBACK")
        store.save_decision("{}", '{"c": 1}', 1.0)
    holder.close()


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from app.store import Store, StoreError, examine
Store.in_memory().close()
if os.geteuid() == 0: os.setuid(65534)
path = Path({diary!r})
print(examine(path).ok)
with Store(path) as store:
    print(len(store.runs()))
    try:
        store.save_decision("{{}}", "{{}}", 1.0)
    except StoreError as error:
        print(error.reason.value, str(error))
try:
    Store(path.with_name("new.db"))
except StoreError as error:
    print(error.reason.value)
"""


def test_a_read_only_folder_can_be_read_and_says_so_when_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        diary = Path(folder) / "diary.db"
        recorded_diary(diary, 2)
        before = diary.read_bytes()
        diary.chmod(0o444)
        Path(folder).chmod(0o555)
        code = READ_ONLY.format(root=str(ROOT), diary=str(diary))
        done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
        lines = done.stdout.splitlines()
        assert lines[:2] == ["True", "1"], done.stderr
        assert lines[2].startswith("read-only") and lines[3] == "read-only"
        assert diary.read_bytes() == before


def test_a_diary_of_a_newer_version_is_left_as_it_is(diary: Path) -> None:
    recorded_diary(diary, 2)
    change(diary, f"PRAGMA user_version = {VERSION + 1}")
    before = diary.read_bytes()
    with pytest.raises(StoreError, match="newer Kadenz") as caught:
        Store(diary)
    assert caught.value.reason is StoreReason.NEWER and diary.read_bytes() == before
    assert "newer Kadenz" in examine(diary).problems[0]


def test_another_programs_database_is_left_as_it_is(diary: Path) -> None:
    change(diary, "CREATE TABLE theirs (x)")
    before = diary.read_bytes()
    with pytest.raises(StoreError, match="not a Kadenz diary"):
        Store(diary)
    assert diary.read_bytes() == before and not examine(diary).ok
    assert int.from_bytes(b"KDNZ") == APPLICATION_ID


# Making


def test_a_diary_that_was_killed_before_it_got_its_tables_is_sound_and_goes_on(diary: Path) -> None:
    diary.write_bytes(first_page())
    assert examine(diary) == Health(True, 0, 0, 0, ())
    recorded_diary(diary, 2)
    assert examine(diary).samples == 2 * SAMPLES_A_SECOND + 2


def test_making_one_diary_from_two_processes_gives_one_whole_diary(diary: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from pathlib import Path; from app.store import Store\n"
        f"with Store(Path({str(diary)!r})) as s: s.start_run(source=sys.argv[1], sport='running', start_unix_s=1.0)"
    )
    made = [subprocess.Popen([sys.executable, "-c", code, str(n)]) for n in range(4)]
    assert [process.wait() for process in made] == [0] * 4
    assert (examine(diary).ok, examine(diary).runs) == (True, 4)
    assert [f.name for f in diary.parent.iterdir()] == ["diary.db"]


@pytest.mark.parametrize("instant", ["application_id", "sqlite_master"])
def test_a_diary_that_another_makes_between_two_looks_at_it_is_no_strange_file(diary: Path, instant: str) -> None:
    diary.write_bytes(first_page())
    prepare(other := connect(str(diary)), "other")  # a first look that finds its journal already switched
    other.execute("PRAGMA user_version = 0")
    other.execute("PRAGMA application_id = 0")
    for name in other.table_names():
        other.execute(f"DROP TABLE IF EXISTS {name}")
    mine = connect(str(diary))

    def made_meanwhile(statement: str) -> None:
        if instant in statement:
            mine.conn.set_trace_callback(None)
            prepare(other, "other")

    mine.conn.set_trace_callback(made_meanwhile)
    assert refuse_unknown(mine, str(diary)) == 0
    prepare(mine, str(diary))
    assert refuse_unknown(mine, str(diary)) == VERSION
    mine.close()
    other.close()
