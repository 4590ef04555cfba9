"""Laws of a watched folder: nothing is taken before it is complete, everything once, and nothing stops the watch."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import archive_writer as made
import pytest

from app.cli import main
from app.importing import Outcome, Status
from app.store import Store
from app.watching import Watch, is_temporary

SETTLED_S, GIVEN_UP_S = 3.0, 60.0


class Folder:
    """A folder, a watch over it and a clock that the test moves."""

    def __init__(self, path: Path, store: Store) -> None:
        self.path, self.store, self.now_s = path, store, 0.0
        self.watch = Watch(path, SETTLED_S, GIVEN_UP_S)
        path.mkdir(exist_ok=True)

    def look(self, wait_s: float = 0.0) -> list[tuple[str, str]]:
        self.now_s += wait_s
        return [(Path(o.file).name, o.status.value) for o in self._looked()]

    def _looked(self) -> list[Outcome]:
        return list(self.watch.look(self.store, self.now_s))

    def settle(self) -> list[tuple[str, str]]:
        """Return what comes of two looks with the time of settling between them."""
        return self.look() + self.look(SETTLED_S)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "drop", Store.in_memory())


FIT = made.fit(made.runs(1, 200)[0])


def test_a_file_is_taken_once_when_it_stands_still(folder: Folder) -> None:
    (folder.path / "a.fit").write_bytes(FIT)
    assert folder.look() == [] and folder.look(1.0) == []
    assert folder.look(SETTLED_S) == [("a.fit", "imported")]
    assert folder.look(100.0) == [] and len(folder.store.runs()) == 1


def test_a_file_that_grows_is_taken_when_it_is_whole(folder: Folder) -> None:
    path = folder.path / "a.fit"
    for share in (0.2, 0.5, 0.9):
        path.write_bytes(FIT[: int(len(FIT) * share)])
        assert folder.settle() == []
    path.write_bytes(FIT)
    assert folder.settle() == [("a.fit", "imported")]


def test_a_file_that_stays_broken_is_taken_after_a_while_and_goes_on_when_it_is_whole(folder: Folder) -> None:
    path = folder.path / "a.fit"
    path.write_bytes(FIT[: len(FIT) // 2])
    assert folder.settle() == []
    assert folder.look(GIVEN_UP_S) == [("a.fit", "salvaged")]
    (before,) = folder.store.runs()
    path.write_bytes(FIT)
    assert folder.settle() == [("a.fit", "imported")]
    (after,) = folder.store.runs()
    assert after.run_id == before.run_id and after.summary is not None and before.summary is not None
    assert after.summary.duration_s > before.summary.duration_s + 60.0
    assert folder.store.check().ok


@pytest.mark.parametrize("name", [
    "a.fit.part", "a.fit.tmp", "a.fit.crdownload", ".a.fit", "~a.fit", "._a.fit", "a.fit.partial", "A.FIT.TMP",
    ".syncthing.a.fit.tmp", "~syncthing~a.fit.tmp", "a.fit.download",
])  # fmt: skip
def test_a_temporary_name_is_left_alone_until_it_is_renamed(name: str, folder: Folder) -> None:
    assert is_temporary(name)
    (folder.path / name).write_bytes(FIT)
    assert folder.settle() == [] and folder.look(GIVEN_UP_S) == []
    (folder.path / name).rename(folder.path / "a.fit")
    assert folder.settle() == [("a.fit", "imported")]


def test_an_archive_that_is_still_written_waits_for_its_end(folder: Folder) -> None:
    truths = made.runs(3, 120)
    content = made.packed(made.garmin(truths))
    path = folder.path / "a.zip"
    path.write_bytes(content[: len(content) // 2])
    assert folder.settle() == []
    path.write_bytes(content)
    assert [s for _, s in folder.settle()].count("imported") == 3


def test_an_empty_file_waits_for_its_content(folder: Folder) -> None:
    (folder.path / "a.fit").touch()
    assert folder.settle() == []
    (folder.path / "a.fit").write_bytes(FIT)
    assert folder.settle() == [("a.fit", "imported")]


def test_bad_files_stop_nothing_and_have_a_fate_in_the_end(folder: Folder) -> None:
    (folder.path / "a.fit").write_bytes(b"junk")
    (folder.path / "b.txt").write_bytes(b"hello")
    (folder.path / "c.zip").write_bytes(b"PK\x03\x04junk")
    (folder.path / "deep").mkdir()
    (folder.path / "deep" / "d.fit").write_bytes(FIT)
    assert sorted(folder.settle()) == [("b.txt", "skipped"), ("d.fit", "imported")]
    assert sorted(folder.look(GIVEN_UP_S)) == [("a.fit", "rejected"), ("c.zip", "rejected")]


def test_a_folder_that_vanishes_and_comes_back_is_watched_on(folder: Folder) -> None:
    (folder.path / "a.fit").write_bytes(FIT)
    assert folder.settle() == [("a.fit", "imported")]
    away = folder.path.with_name("away")
    folder.path.rename(away)
    assert folder.settle() == [] and "cannot be read" in folder.watch.trouble
    away.rename(folder.path)
    (folder.path / "b.fit").write_bytes(made.fit(made.runs(2, 200)[1]))
    assert folder.settle() == [("b.fit", "imported")] and folder.watch.trouble == ""


def test_a_renamed_file_is_no_second_run(folder: Folder) -> None:
    (folder.path / "a.fit").write_bytes(FIT)
    folder.settle()
    (folder.path / "a.fit").rename(folder.path / "b.fit")
    assert folder.settle() == [("b.fit", Status.DUPLICATE.value)] and len(folder.store.runs()) == 1


def test_once_takes_what_is_complete_and_names_what_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "a.fit").write_bytes(FIT)
    (drop / "b.fit").write_bytes(FIT[:2000])
    arguments = ["watch", str(drop), "--once", "--settled", "0.1", "--every", "0.1", "--db", str(tmp_path / "d.db")]
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert said.out.startswith("imported: ") and len(said.out.splitlines()) == 1
    assert said.err == f"not complete yet: {drop / 'b.fit'}\n"
    assert main(["watch", str(tmp_path / "nowhere"), "--once"]) == 1
    assert main(["watch", str(drop), "--json"]) == 2


def _start(drop: Path, diary: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from app.cli import main; raise SystemExit(main())"]
    arguments = ["watch", str(drop), "--every", "0.1", "--settled", "0.2", "--db", str(diary)]
    return subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_two_watches_bring_each_run_once_and_end_cleanly(number: signal.Signals, tmp_path: Path) -> None:
    drop, diary, truths = tmp_path / "drop", tmp_path / "d.db", made.runs(6, 120)
    drop.mkdir()
    children = [_start(drop, diary) for _ in range(2)]
    try:
        for i, run in enumerate(truths):
            (drop / f"{i}.fit.part").write_bytes(made.fit(run))
            (drop / f"{i}.fit.part").rename(drop / f"{i}.fit")
        deadline = time.monotonic() + 60.0
        while time.monotonic() < deadline and (not diary.exists() or _count(diary) < len(truths)):
            time.sleep(0.2)
        time.sleep(1.0)
    finally:
        for child in children:
            child.send_signal(number)
    said = [child.communicate(timeout=30) for child in children]
    assert [child.returncode for child in children] == [0, 0] and _count(diary) == len(truths)
    assert sum(out.count("imported: ") for out, _ in said) == len(truths)
    assert all(err.endswith("stopped\n") for _, err in said)
    shutil.rmtree(drop)


def _count(diary: Path) -> int:
    with Store(diary) as store:
        return len(store.runs())
