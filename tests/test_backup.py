"""What a backup promises: it comes back as it was, opens for nobody else, and damage is found."""

from __future__ import annotations

import errno
import io
import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyrage
import pytest
from forget_cases import START_S, lived_in, recorded, rows
from store_cases import change, recorded_diary, second

from app import backup_file, cli, passphrases
from app.backup_file import BackupError
from app.backups import back_up, restore
from app.output import CommandError
from app.passphrases import passphrase_from, weak
from app.store import Store, StoreError, StoreReason, examine
from app.store.guard import RecorderGuard
from app.store.schema import VERSION

SECRET = "orbit velvet canyon 7 lantern"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a diary of two runs and its backup, made once."""
    folder = tmp_path_factory.mktemp("made")
    lived_in(folder, runs=2, seconds=200)
    back_up(folder / "diary.db", folder / "mine.backup", SECRET)
    return folder


@pytest.fixture(scope="module")
def key(made: Path) -> bytes:
    """The key of that backup, so that a test of the rest need not wait for the passphrase."""
    with (made / "mine.backup").open("rb") as file:
        return backup_file.unlocked_key(backup_file.read_key(file), SECRET)


@pytest.fixture
def quick(key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip the second that the right passphrase takes."""
    slow = backup_file.unlocked_key
    monkeypatch.setattr(backup_file, "unlocked_key", lambda locked, word: key if word == SECRET else slow(locked, word))


def test_a_restored_diary_equals_the_source_table_by_table(made: Path, tmp_path: Path) -> None:
    done = restore(made / "mine.backup", tmp_path / "new" / "diary.db", SECRET)
    assert rows(tmp_path / "new" / "diary.db", skip=()) == rows(made / "diary.db", skip=())
    assert done.health.ok and not done.replaced and examine(tmp_path / "new" / "diary.db").ok
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["diary.db", "diary.db.recorder"]


def test_the_standard_format_opens_it_without_kadenz(made: Path, tmp_path: Path) -> None:
    with tarfile.open(made / "mine.backup") as archive:
        archive.extractall(tmp_path, filter="data")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["README.txt", "diary.db.age", "key.age"]
    assert "age -d -i key.age" in (tmp_path / "README.txt").read_text()
    for part in ("key.age", "diary.db.age"):
        assert (tmp_path / part).read_bytes().startswith(b"age-encryption.org/v1\n")
    identity = pyrage.x25519.Identity.from_str(
        pyrage.passphrase.decrypt((tmp_path / "key.age").read_bytes(), SECRET).decode()
    )
    pyrage.decrypt_file(str(tmp_path / "diary.db.age"), str(tmp_path / "diary.db"), [identity])
    assert rows(tmp_path / "diary.db") == rows(made / "diary.db")
    if age := shutil.which("age"):  # the program itself asks a terminal, so only its format is tried here
        assert subprocess.run([age, "--version"], check=True, capture_output=True).returncode == 0


def test_nothing_of_the_diary_can_be_read_in_it_and_the_key_is_new_each_time(made: Path, tmp_path: Path) -> None:
    raw = (made / "mine.backup").read_bytes()
    assert b"SQLite" not in raw[2048:] and b"knee" not in raw and b"2025" not in raw
    back_up(made / "diary.db", tmp_path / "again", SECRET)
    assert (tmp_path / "again").read_bytes()[1536:] != raw[1536:]
    assert stat.S_IMODE((tmp_path / "again").stat().st_mode) == 0o600


def test_a_flipped_bit_anywhere_is_an_error_and_touches_nothing(made: Path, quick: None, tmp_path: Path) -> None:
    raw = (made / "mine.backup").read_bytes()
    with tarfile.open(made / "mine.backup") as archive:
        members = {one.name: one for one in archive}
    locked = members["key.age"]
    diary = tmp_path / "diary.db"
    recorded_diary(diary, 2)
    before = diary.read_bytes()
    heads = [*range(0, 2048, 7), *range(members["diary.db.age"].offset, members["diary.db.age"].offset_data, 3)]
    body = np.random.default_rng(3).integers(members["diary.db.age"].offset_data, len(raw), 200).tolist()
    tail = [*range(len(raw) - 1100, len(raw), 31)]
    in_key = range(locked.offset_data, locked.offset_data + locked.size)
    places = [at for at in (*heads, *body, *tail) if at not in in_key]
    assert len(places) > 400
    for at in places:
        bad = bytearray(raw)
        bad[at] ^= 1 << at % 8
        (tmp_path / "bad").write_bytes(bad)
        with pytest.raises(BackupError) as said:
            restore(tmp_path / "bad", diary, SECRET, replace=True)
        assert "\n" not in str(said.value) and diary.read_bytes() == before, at
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad", "diary.db", "diary.db.recorder"]


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.97])
def test_a_flipped_bit_of_the_locked_key_is_an_error(share: float, made: Path, tmp_path: Path) -> None:
    with tarfile.open(made / "mine.backup") as archive:
        locked = archive.getmember("key.age")
    bad = bytearray((made / "mine.backup").read_bytes())
    bad[locked.offset_data + int(share * locked.size)] ^= 4
    (tmp_path / "bad").write_bytes(bad)
    with pytest.raises(BackupError, match=r"the passphrase is not the one|key is damaged"):
        restore(tmp_path / "bad", tmp_path / "diary.db", SECRET)
    assert not (tmp_path / "diary.db").exists()


def test_a_cut_or_longer_backup_is_an_error(made: Path, quick: None, tmp_path: Path) -> None:
    raw = (made / "mine.backup").read_bytes()
    cuts = [
        0,
        1,
        511,
        512,
        900,
        1500,
        2047,
        2600,
        3000,
        len(raw) // 2,
        len(raw) - 70000,
        *range(len(raw) - 1500, len(raw), 97),
    ]
    for content in (*(raw[:cut] for cut in cuts), raw + b"\0", raw + raw):
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(BackupError):
            restore(tmp_path / "bad", tmp_path / "diary.db", SECRET)
        assert not (tmp_path / "diary.db").exists()


def test_another_passphrase_another_file_and_another_version_are_told_apart(
    made: Path, quick: None, tmp_path: Path
) -> None:
    target = tmp_path / "diary.db"
    with pytest.raises(BackupError, match="passphrase is not the one"):
        restore(made / "mine.backup", target, "something else")
    (tmp_path / "x").write_bytes(b"PK\3\4" + bytes(5000))
    with pytest.raises(BackupError, match="not a Kadenz backup"):
        restore(tmp_path / "x", target, SECRET)
    with pytest.raises(BackupError, match="not a Kadenz backup"):
        restore(made / "diary.db", target, SECRET)
    later = (made / "mine.backup").read_bytes().replace(b"form 1", b"form 2", 1)
    (tmp_path / "x").write_bytes(later)
    with pytest.raises(BackupError, match="newer Kadenz"):
        restore(tmp_path / "x", target, SECRET)
    with pytest.raises(BackupError, match="No such file"):
        restore(tmp_path / "nowhere", target, SECRET)
    assert not target.exists()


def test_a_newer_diary_or_another_programs_in_a_backup_is_refused(
    made: Path, key: bytes, quick: None, tmp_path: Path
) -> None:
    with (made / "mine.backup").open("rb") as file:
        locked = backup_file.read_key(file)
    for sql, reason in (
        (f"PRAGMA user_version = {VERSION + 1}", StoreReason.NEWER),
        ("PRAGMA application_id = 7", StoreReason.FOREIGN),
    ):
        shutil.copyfile(made / "diary.db", tmp_path / "odd.db")
        change(tmp_path / "odd.db", sql)
        with (tmp_path / "odd.db").open("rb") as source, (tmp_path / "odd").open("wb") as out:
            backup_file.write_backup(source, out, key, locked)
        with pytest.raises(StoreError) as said:
            restore(tmp_path / "odd", tmp_path / "diary.db", SECRET)
        assert said.value.reason is reason and not (tmp_path / "diary.db").exists()


def test_a_diary_that_is_there_is_refused_and_replaced_only_when_asked(made: Path, quick: None, tmp_path: Path) -> None:
    diary = tmp_path / "diary.db"
    recorded_diary(diary, 3)
    before = diary.read_bytes()
    with pytest.raises(StoreError, match="--replace"):
        restore(made / "mine.backup", diary, SECRET)
    assert diary.read_bytes() == before
    with RecorderGuard(diary), pytest.raises(StoreError, match="another recorder"):
        restore(made / "mine.backup", diary, SECRET, replace=True)
    with Store(diary), pytest.raises(StoreError, match="open in another program"):
        restore(made / "mine.backup", diary, SECRET, replace=True)
    assert rows(diary)["runs"] and examine(diary).ok
    assert restore(made / "mine.backup", diary, SECRET, replace=True).replaced
    assert rows(diary) == rows(made / "diary.db")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["diary.db", "diary.db.recorder"]


def test_a_diary_too_damaged_to_open_can_be_replaced_and_its_log_is_not_read_into_the_new_one(
    made: Path, quick: None, tmp_path: Path
) -> None:
    diary = tmp_path / "diary.db"
    recorded_diary(diary, 3)
    diary.write_bytes(b"nonsense" * 4096)
    (tmp_path / "diary.db-wal").write_bytes(b"an old log")
    restore(made / "mine.backup", diary, SECRET, replace=True)
    assert rows(diary) == rows(made / "diary.db") and examine(diary).ok


def forked(work: Callable[[], object]) -> int:
    child = os.fork()
    if child == 0:
        code = 9
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


@pytest.mark.parametrize("number", range(0, 24, 2))
def test_killed_anywhere_a_restore_leaves_the_old_diary_or_the_new_one(
    number: int, made: Path, quick: None, tmp_path: Path
) -> None:
    diary = tmp_path / "diary.db"
    recorded_diary(diary, 3)
    old, new = rows(diary), rows(made / "diary.db")
    child = forked(lambda: (_die_at(number), restore(made / "mine.backup", diary, SECRET, replace=True)))
    os.waitpid(child, 0)
    assert rows(diary) in (old, new) and examine(diary).ok
    restore(made / "mine.backup", diary, SECRET, replace=True)
    assert rows(diary) == new
    assert sorted(p.name for p in tmp_path.iterdir()) == ["diary.db", "diary.db.recorder"]


def _die_at(number: int) -> None:
    """Have this process killed at the n-th call that opens, links, renames or removes a file."""
    counted = [0]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("open", "os.link", "os.remove", "os.rename", "sqlite3.connect"):
            counted[0] += 1
            if counted[0] > number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


@pytest.mark.parametrize("delay_s", [0.0, 0.01, 0.03, 0.1])
def test_killed_a_backup_leaves_the_earlier_one_and_the_diary(delay_s: float, made: Path, tmp_path: Path) -> None:
    shutil.copyfile(made / "diary.db", tmp_path / "diary.db")
    (tmp_path / "mine").write_bytes(b"an earlier one")
    key, locked = backup_file.locked_key("x")
    slow = threading.Event()

    def work() -> None:
        backup_file.locked_key = lambda word: (key, locked)  # type: ignore[assignment]
        while not slow.is_set():
            back_up(tmp_path / "diary.db", tmp_path / "mine", SECRET)

    child = forked(work)
    time.sleep(0.2 + delay_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raw = (tmp_path / "mine").read_bytes()
    if raw != b"an earlier one":
        out = io.BytesIO()
        file = io.BytesIO(raw)
        backup_file.read_key(file)
        backup_file.read_diary(file, key, out)
        assert out.getvalue().startswith(b"SQLite format 3")
    assert rows(tmp_path / "diary.db") == rows(made / "diary.db")


class _Full:
    def __init__(self, file: io.BufferedRandom, room: int) -> None:
        self._file, self._room = file, room

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def write(self, content: bytes) -> int:
        self._room -= len(content)
        if self._room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(content)


@pytest.mark.parametrize("room", [0, 600, 3000, 70_000])
def test_a_full_disk_is_one_clear_line_and_the_earlier_backup_stays(
    room: int, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").write_bytes(b"an earlier one")
    write = backup_file.write_backup
    key, locked = backup_file.locked_key("x")
    monkeypatch.setattr(backup_file, "locked_key", lambda word: (key, locked))
    monkeypatch.setattr(backup_file, "write_backup", lambda diary, out, *k: write(diary, _Full(out, room), *k))  # type: ignore[arg-type]
    with pytest.raises(BackupError, match="mine cannot be written: No space left on device"):
        back_up(made / "diary.db", tmp_path / "mine", SECRET)
    assert [p.name for p in tmp_path.iterdir()] == ["mine"] and (tmp_path / "mine").read_bytes() == b"an earlier one"
    assert not list(made.glob("*.backing-up*"))


def test_a_disk_too_small_for_a_restore_is_one_clear_line_and_touches_nothing(
    made: Path, quick: None, tmp_path: Path
) -> None:
    diary = tmp_path / "diary.db"
    recorded_diary(diary, 2)
    before = rows(diary)

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with pytest.raises(BackupError, match="nothing was restored: File too large"):
            restore(made / "mine.backup", diary, SECRET, replace=True)
        os._exit(7)

    assert os.WEXITSTATUS(os.waitpid(forked(with_little_room), 0)[1]) == 7
    assert rows(diary) == before and examine(diary).ok
    assert not (tmp_path / "diary.db.restoring").exists()


def test_a_backup_while_a_recorder_writes_is_one_moment_of_the_diary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, locked = backup_file.locked_key("x")
    monkeypatch.setattr(backup_file, "locked_key", lambda word: (key, locked))
    monkeypatch.setattr(backup_file, "unlocked_key", lambda locked, word: key)
    diary, over = tmp_path / "diary.db", threading.Event()
    with Store(diary) as store:
        recorded(store, 1, START_S)
        run_id = store.start_run(source="tracker", sport="running", start_unix_s=START_S + 1e5)

        def record() -> None:
            number = 0
            while not over.is_set():
                store.append(run_id, second(number))
                number += 1

        recorder = threading.Thread(target=record)
        recorder.start()
        try:
            for number in range(5):
                back_up(diary, tmp_path / f"{number}.backup", SECRET)
        finally:
            over.set()
            recorder.join()
    held = []
    for number in range(5):
        done = restore(tmp_path / f"{number}.backup", tmp_path / f"{number}" / "diary.db", SECRET)
        assert done.health.ok and done.health.open_runs == 1
        held.append(done.health.samples)
    assert held == sorted(held) and held[0] < held[-1]


def test_memory_is_bounded_however_long_the_diary(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from app import backup_file\n"
        "key, locked = backup_file.locked_key('x')\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "with open(sys.argv[1], 'rb') as s, open(sys.argv[2], 'w+b') as out:\n"
        "    backup_file.write_backup(s, out, key, locked); out.seek(0); backup_file.read_key(out)\n"
        "    backup_file.read_diary(out, key, open('/dev/null', 'wb'))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    with (tmp_path / "big").open("wb") as file:
        file.truncate(200_000_000)
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "big"), str(tmp_path / "out")],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert int(done.stdout) < 20_000  # KB; scrypt alone took more before


# Passphrases and the commands


def test_a_passphrase_comes_from_a_file_the_environment_or_twice_from_the_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(passphrases.VARIABLE, raising=False)
    (tmp_path / "secret").write_bytes("gemütlich langer Weg\r\nnot this".encode())
    assert passphrase_from(tmp_path / "secret", True) == "gemütlich langer Weg"
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match="nobody to ask"):
        passphrase_from(None, True)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert passphrase_from(None, True, lambda prompt: "once and again") == "once and again"
    answers = iter(["one", "other"])
    with pytest.raises(CommandError, match="differ") as said:
        passphrase_from(None, True, lambda prompt: next(answers))
    assert "other" not in str(said.value)
    monkeypatch.setenv(passphrases.VARIABLE, "from the environment")
    assert passphrase_from(None, True) == "from the environment"
    monkeypatch.setenv(passphrases.VARIABLE, "")
    with pytest.raises(CommandError, match="empty"):
        passphrase_from(None, True)
    with pytest.raises(CommandError, match="cannot be read"):
        passphrase_from(tmp_path / "none", True)


@pytest.mark.parametrize(
    ("passphrase", "is_weak"),
    [
        ("", True),
        ("kadenz", True),
        ("Passwort1", True),
        ("aaaaaaaaaaaaaaaaaaaa", True),
        (SECRET, False),
        ("k3Xq9vTz2Lw", False),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_called_weak(passphrase: str, is_weak: bool) -> None:
    assert weak(passphrase) == is_weak


def test_the_commands_make_and_restore_a_backup(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(passphrases.VARIABLE, "kadenz")
    file, db = str(tmp_path / "b"), str(tmp_path / "diary.db")
    assert cli.main(["backup", file, "--db", str(made / "diary.db"), "--lang", "de"]) == 0
    told = capsys.readouterr()
    assert "Läufe: 2" in told.out and "leicht zu erraten" in told.err and "kadenz\n" not in told.out
    assert cli.main(["restore", file, "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["diary"]["runs"] == 2
    assert rows(tmp_path / "diary.db") == rows(made / "diary.db")
    assert cli.main(["restore", file, "--db", db]) == 1
    assert "there is a diary" in capsys.readouterr().err
    assert cli.main(["backup", file, "--db", str(tmp_path / "none.db")]) == 1
    assert cli.main(["backup", str(tmp_path / "no" / "b"), "--db", db]) == 1
    assert capsys.readouterr().err.count("\n") == 3  # a line for each, and the warning
