"""kill -9 at random instants: what was acknowledged is there, and the next start goes on with the run."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from faults.counting import fork_child, progress_file, progress_of, rows_wrong

from app.store import Store, examine
from edge.samples import DeviceInfo, Gap, Inertial, select

SPEED = 10.0
#: Kills per diary: each one but the first finds a run to resume or a finished one.
PER_DIARY = 20
_CLI = "import sys; from app.cli import main; sys.exit(main())"
_ACK = re.compile(r"^ack (\d+) run=(\S+) t=([\d.]+)$", re.MULTILINE)


@dataclass(slots=True)
class KillReport:
    """What the kills did; a number of samples lost other than 0 is a failure."""

    kills: int = 0
    kills_of_the_command: int = 0
    acknowledgements: int = 0
    acknowledged_lost: int = 0
    rows_wrong: int = 0
    not_sound: int = 0
    worst_unacknowledged_s: float = 0.0
    open_when_killed: int = 0
    taken_up: int = 0
    worst_take_up_s: float = 0.0
    worst_take_up_of_the_command_s: float = 0.0
    problems: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Return whether nothing acknowledged was lost and every promise about time was kept."""
        lost = self.acknowledged_lost or self.rows_wrong or self.not_sound
        late = max(self.worst_take_up_s, self.worst_take_up_of_the_command_s) > 3.0 or self.worst_unacknowledged_s > 1.0
        return not (lost or late or self.problems or self.taken_up != self.open_when_killed)


def run_kills(kills: int, command_kills: int, seed: int, told: Callable[[str], None]) -> KillReport:
    """Kill recorders `kills` times, `command_kills` of them `kadenz record` processes, and report."""
    rng, report = np.random.default_rng(seed), KillReport()
    with tempfile.TemporaryDirectory() as folder:
        while report.kills < kills - command_kills:
            diary = Path(folder) / f"forked-{report.kills}.db"
            for _ in range(min(PER_DIARY, kills - command_kills - report.kills)):
                _kill_forked(diary, rng, report)
                told(f"{report.kills} kills")
        for number in range(command_kills):
            diary = Path(folder) / f"command-{number // PER_DIARY}.db"
            _kill_command(diary, rng, report)
            told(f"{report.kills} kills")
    return report


def _kill_forked(diary: Path, rng: np.random.Generator, report: KillReport) -> None:
    """Kill one forked recorder; one in five has a run so short that the kill may hit its end."""
    before = _open_runs(diary)
    shared, begun_s = progress_file(), time.monotonic()
    length_s = 1.5 if rng.random() < 0.2 else 3600.0
    process, pipe = fork_child(diary, length_s, SPEED, shared)
    time.sleep(rng.uniform(0.0, 0.5))
    os.kill(process, signal.SIGKILL)
    text = _drained(pipe)
    os.waitpid(process, 0)
    report.kills += 1
    _judge(diary, text, report)
    began_s, reached_s = progress_of(shared)
    if reached_s == reached_s:
        said = re.search(r"^said ([\d.]+) (resumed|finished) run", text, re.MULTILINE)
        report.open_when_killed += before
        report.taken_up += said is not None
        report.worst_take_up_s = max(report.worst_take_up_s, float(said.group(1)) - begun_s if said else 0.0)
        stored_s = max(began_s, _last_stored_s(diary))
        report.worst_unacknowledged_s = max(report.worst_unacknowledged_s, reached_s - stored_s)


def _drained(pipe: int) -> str:
    parts = []
    while chunk := os.read(pipe, 65536):
        parts.append(chunk)
    os.close(pipe)
    return b"".join(parts).decode()


def _judge(diary: Path, text: str, report: KillReport) -> None:
    """Compare what was acknowledged with what the diary holds."""
    acks = [(int(number), run_id) for number, run_id, _ in _ACK.findall(text)]
    report.acknowledgements += len(acks)
    if not diary.exists():
        report.acknowledged_lost += acks[-1][0] if acks else 0
        return
    health = examine(diary)
    if not health.ok:
        report.not_sound += 1
        report.problems += health.problems[:3]
        return
    with Store(diary) as store:
        for number, run_id in acks[-1:]:
            report.acknowledged_lost += max(0, number - store.run(run_id).samples)
        for row in store.runs()[-1:]:
            samples, damaged = store.samples(row.run_id)
            held = sum(1 if isinstance(s, (Gap, DeviceInfo)) else len(s) for s in samples)
            if damaged or held != row.samples:
                report.problems.append(f"{row.samples} samples are counted, {held} are readable {damaged[:1]}")
            motion = select(samples, Inertial)
            if row.source == "counting" and motion is not None:
                report.rows_wrong += rows_wrong(motion)


def _open_runs(diary: Path) -> int:
    return examine(diary).open_runs if diary.exists() else 0


def _last_stored_s(diary: Path) -> float:
    if not diary.exists():
        return -np.inf
    with Store(diary) as store:
        ends = [store.open_run(row.run_id).last_s for row in store.runs()[-1:]]
    return max((end for end in ends if end == end), default=-np.inf)


def record_command(diary: Path) -> list[str]:
    """Return the command line of the real recorder process."""
    options = ["--sim", "default", "--speed", f"{SPEED:g}", "--db", str(diary)]
    return [sys.executable, "-c", _CLI, "record", *options]


def _kill_command(diary: Path, rng: np.random.Generator, report: KillReport) -> None:
    """Kill one `kadenz record` process some time after its start or after its first acknowledgement."""
    before = _open_runs(diary)
    begun_s = time.monotonic()
    process = subprocess.Popen(record_command(diary), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stderr is not None
    lines = []
    if rng.random() < 0.8:
        while line := process.stderr.readline().decode():
            lines.append(line)
            if line.startswith(("resumed", "finished")):
                taken_s = time.monotonic() - begun_s
                report.worst_take_up_of_the_command_s = max(report.worst_take_up_of_the_command_s, taken_s)
                report.taken_up += 1
            if line.startswith("ack"):
                report.open_when_killed += before
                break
        else:
            report.problems.append(f"the recorder ended by itself: {''.join(lines)[-300:]}")
    time.sleep(rng.uniform(0.0, 0.8))
    process.kill()
    lines.append(process.stderr.read().decode())
    process.wait()
    process.stderr.close()
    report.kills += 1
    report.kills_of_the_command += 1
    _judge(diary, "".join(lines), report)


def doctor_says(diary: Path) -> tuple[int, dict[str, object]]:
    """Return the exit code and the document of `kadenz doctor --json`."""
    command = [sys.executable, "-c", _CLI, "doctor", "--json", "--db", str(diary)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)
