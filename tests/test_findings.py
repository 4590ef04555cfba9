"""Findings about an imported past: every number comes out again by another way, from the diary alone."""

from __future__ import annotations

import json
import os
import pty
import statistics
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import archive_writer as made
import numpy as np
import pytest

from app.cli import main
from app.coach import facts_of
from app.findings import FEWEST_A_MONTH, Finding, _climb, _total, findings
from app.import_progress import left_words, lined
from app.importing import find_files, find_tasks, import_tasks
from app.store import RunRow, Store
from edge.coach.columns import runs_until
from edge.coach.types import RunFact

NOW_S = 1.6e9


def fact(day: float, *, hour: float = 6.0, far_m: float = 8000.0, speed: float = 2.8, bpm: float = 145.0,
         up_m: float = 50.0) -> RunFact:  # fmt: skip
    start_s = made.STARTS_AT + day * 86400 + hour * 3600
    moving_s = far_m / speed
    place = (0.1, 10.0, 100.0)
    return RunFact(f"r{start_s:.0f}", start_s, 3600.0, "running", "", far_m, moving_s, moving_s, bpm, bpm + 15, up_m,
                   *place, {}, 50.0, True)  # fmt: skip


def years(slope_m_s: float = 0.0, seed: int = 1, noise: float = 0.05) -> list[RunFact]:
    """Return three years of three runs a week; speed at the same heart rate changes by so much a year."""
    rng = np.random.default_rng(seed)
    found = []
    for week in range(156):
        for day, far_m in ((0, 7000.0), (2, 8000.0), (5, 16000.0)):
            bpm = float(rng.normal(145.0, 5.0))
            speed = 2.7 + slope_m_s * week / 52.0 + 0.02 * (bpm - 145.0) + float(rng.normal(0.0, noise))
            found.append(fact(week * 7 + day + 3, far_m=far_m + week, speed=speed, bpm=bpm, hour=5.5 + rng.random()))
    return found


def named(found: tuple[Finding, ...]) -> dict[str, Finding]:
    return {one.kind: one for one in found}


def test_a_person_who_got_faster_is_told_so_within_the_doubt() -> None:
    found = named(findings(years(0.1), NOW_S))["pace at the same heart rate"]
    gained = found.values["before_s_per_km"] - found.values["after_s_per_km"]
    assert found.values["least_s"] <= gained <= found.values["most_s"]
    truth = 1000.0 / 2.7 - 1000.0 / (2.7 + 0.1 * 155 / 52)
    assert found.values["least_s"] - 1.0 <= truth <= found.values["most_s"] + 1.0
    assert "run faster" in found.text("en") and "läufst du schneller" in found.text("de")
    slower = named(findings(years(-0.1), NOW_S))["pace at the same heart rate"]
    assert "run slower" in slower.text("en")


def test_who_did_not_change_is_seldom_told_of_a_trend() -> None:
    told = [seed for seed in range(60) if "pace at the same heart rate" in named(findings(years(0.0, seed), NOW_S))]
    assert len(told) <= 6, told


def test_a_short_past_is_not_spoken_of() -> None:
    assert findings([], NOW_S) == () and findings(years()[:9], NOW_S) == ()
    assert len(findings(years()[:10], NOW_S)) >= 2


def test_hours_that_are_spread_over_the_day_are_no_habit() -> None:
    rng = np.random.default_rng(3)
    spread = [fact(day, hour=float(rng.uniform(0, 23)), far_m=5000.0 + day) for day in range(0, 300, 3)]
    assert "hour of the day" not in named(findings(spread, NOW_S))


def rows_of(store: Store) -> list[RunRow]:
    return [row for row in store.runs() if row.sport == "running" and row.valid]


def local(row: RunRow) -> datetime:
    return datetime.fromtimestamp(row.start_unix_s + row.utc_offset_s, UTC)


def far_m(row: RunRow) -> float:
    assert row.summary is not None
    return row.summary.distance_m


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A diary of 200 runs over 67 weeks that came from an archive; their speed rises through the weeks."""
    folder = tmp_path_factory.mktemp("findings")
    truths = [
        made.Truth(t.start_s, t.seconds, round(2.6 + 0.005 * i + 0.004 * (t.bpm - 145), 3), t.bpm, every_s=5)
        for i, t in enumerate(made.runs(200, 900, 5))
    ]
    path = made.write(folder, "garmin", truths)
    with Store(folder / "diary.db") as store:
        list(import_tasks(store, find_tasks(find_files([path]))))
    return folder / "diary.db"


def test_findings_of_a_diary_come_out_again_by_another_way(diary: Path) -> None:
    with Store(diary) as store:
        found = named(findings(facts_of(store), NOW_S))
        rows = rows_of(store)
    assert set(found) == {"pace at the same heart rate", "weeks without a gap", "longest run"}
    longest = max(rows, key=far_m)
    assert found["longest run"].runs == (longest.run_id,)
    assert found["longest run"].values["far_m"] == pytest.approx(far_m(longest))
    mondays = sorted({local(row).date() - timedelta(days=local(row).weekday()) for row in rows})
    best, current = 0, 0
    for before, monday in zip([None, *mondays], mondays, strict=False):
        current = current + 1 if before is not None and monday - before == timedelta(days=7) else 1
        best = max(best, current)
    streak = found["weeks without a gap"]
    assert streak.values["weeks"] == best == len(mondays)
    assert date(1970, 1, 1) + timedelta(days=streak.values["first_day"]) == mondays[0]
    assert set(streak.runs) == {row.run_id for row in rows}


def test_the_trend_comes_out_again_by_another_way(diary: Path) -> None:
    with Store(diary) as store:
        trend = named(findings(facts_of(store), NOW_S))["pace at the same heart rate"]
        rows = [store.run(run_id) for run_id in trend.runs]
    month_days = 365.25 / 12.0
    speeds: dict[int, list[float]] = {}
    beats: dict[int, list[float]] = {}
    for row in rows:
        assert row.summary is not None
        number = int((local(row).date() - date(1970, 1, 1)).days // month_days)
        speeds.setdefault(number, []).append(far_m(row) / row.summary.moving_s)
        beats.setdefault(number, []).append(row.summary.avg_hr_bpm)
    assert all(len(each) >= FEWEST_A_MONTH for each in speeds.values())
    apart = [(b - statistics.mean(beats[m]), v - statistics.mean(speeds[m]))
             for m in speeds for b, v in zip(beats[m], speeds[m], strict=True)]  # fmt: skip
    slope = sum(b * v for b, v in apart) / sum(b * b for b, _ in apart)
    middle = statistics.median(b for each in beats.values() for b in each)
    months = sorted(speeds)
    means = [
        statistics.mean(v - slope * (b - middle) for v, b in zip(speeds[m], beats[m], strict=True)) for m in months
    ]
    line = statistics.linear_regression(months, means)
    first, last = (line.slope * m + line.intercept for m in (months[0], months[-1]))
    assert trend.values["middle_bpm"] == pytest.approx(middle)
    assert trend.values["before_s_per_km"] == pytest.approx(1000.0 / first, rel=1e-3)
    assert trend.values["after_s_per_km"] == pytest.approx(1000.0 / last, rel=1e-3)


def test_hour_weekday_climb_and_total_come_out_again_by_another_way() -> None:
    # A week of three runs, then two empty ones; 2010-01-01 was a Friday.
    facts = [fact(21 * cycle + day, far_m=9000.0 if day == 8 else 6000.0, up_m=300.0 if cycle == day == 5 else 20.0)
             for cycle in range(16) for day in (3, 5, 8)]  # fmt: skip
    found = named(findings(facts, NOW_S))
    assert set(found) == {"longest run", "hour of the day", "weekday of the long run"}
    hours = Counter(datetime.fromtimestamp(f.start_unix_s + 3600.0, UTC).hour for f in facts)
    usual = found["hour of the day"]
    first = int(usual.values["from_hour"])
    assert usual.values["usual_share"] == sum(hours[(first + i) % 24] for i in range(3)) / len(facts) == 1.0
    weekday = found["weekday of the long run"]
    assert weekday.values == {"weekday": 5.0, "weeks": 16.0, "usual_share": 1.0} and "Saturday" in weekday.text("en")
    assert set(weekday.runs) == {f.run_id for f in facts if f.distance_m == 9000.0}
    runs = runs_until(facts, NOW_S, 0.0)
    climb, total = _climb(runs), _total(runs)
    assert climb is not None and climb.runs == tuple(f.run_id for f in facts if f.ascent_m == 300.0)
    assert total.values["far_m"] == pytest.approx(sum(f.distance_m for f in facts)) and total.values["runs"] == 48


def test_the_document_of_findings_names_their_runs(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--findings", "--json", "--db", str(diary)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [set(one) for one in told["findings"]] == [{"kind", "text", "values", "runs"}] * 3
    with Store(diary) as store:
        known = {row.run_id for row in store.runs()}
    assert all(set(one["runs"]) <= known and one["runs"] for one in told["findings"])
    assert main(["import", "--db", str(diary)]) == 2


def test_progress_tells_the_time_left_in_quiet_lines() -> None:
    said: list[str] = []
    clock = iter(range(0, 1000, 4))
    assert len(list(lined([None] * 10, 10, said.append, lambda: float(next(clock))))) == 10  # type: ignore[list-item]
    assert said == ["3 of 10 files read, about 30 s left", "6 of 10 files read, about 15 s left",
                    "9 of 10 files read, about 5 s left"]  # fmt: skip
    assert (left_words(600.0), left_words(7200.0)) == ("10 min", "2.0 h")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal by pty")
@pytest.mark.parametrize(("answers", "kept"), [("\n", 0), ("no\n", 0), ("left knee hurts 4/10\ny\n", 1)])
def test_on_a_terminal_one_question_goes_through_the_door_of_checkin(answers: str, kept: int, tmp_path: Path) -> None:
    (tmp_path / "a.fit").write_bytes(made.fit(made.runs(1, 120)[0]))
    diary = tmp_path / "d.db"
    script = "import sys; from app.cli import main; sys.exit(main(sys.argv[1:]))"
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", script, "import", str(tmp_path / "a.fit"), "--db", str(diary),
                                  "--lang", "en"])  # fmt: skip
    said, lines = "", answers.splitlines(keepends=True)
    while True:
        try:
            piece = os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:
            break
        if not piece:
            break
        said += piece
        if lines and said.rstrip().endswith(("(Enter: nothing)", "[Y/n]")):
            time.sleep(0.1)
            os.write(terminal, lines.pop(0).encode())
    _, state = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(state) == 0 and said.count("Does anything hurt?") == 1, said
    with Store(diary) as store:
        assert len(store.sentences()) == kept
