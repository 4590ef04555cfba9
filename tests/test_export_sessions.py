"""Laws of sessions on a watch and days in a calendar: never more than the coach said, read by others' parsers."""

from __future__ import annotations

import io
import json
import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import fitdecode
import icalendar
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_cases import recording, summary

from app.cli import main
from app.exporting.plan import plan_calendar, uid_of, usual_hour
from app.exporting.sessions import FAST_SHARE, workout_of
from app.store import Store
from device.files.workout import Repeat, Step, Workout, fit_workout
from edge.coach.phrases_de_export import EXPORT
from edge.coach.rules.limits import RUNNING_KINDS
from edge.coach.titles import effort_of, title_of
from edge.coach.types import Decision, Reason, RunFact, Session
from edge.coach.week import Planned, Week
from edge.samples import heart_rate

NAN = math.nan
NOW = 1_790_000_000.0
WHY = Reason("Dein letzter Lauf war länger als sonst – heute weniger.", (), ("run-1",))


def decision(session: Session | None, because: tuple[Reason, ...] = (WHY,)) -> Decision:
    return Decision("show", session, NOW + 9e4, because, (), (), (), "", 1.0, "")


def session(
    kind: str = "easy", distance_m: float = 8000.0, pace: tuple[float, float] = (360.0, 400.0), **more: float
) -> Session:
    duration_s = distance_m * 0.38
    return Session(
        kind, distance_m, more.get("duration_s", duration_s), *pace, more.get("low", 130.0), more.get("high", 145.0)
    )


def steps_by_fitdecode(content: bytes) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Return the workout message and the steps as fitdecode reads them."""
    reader = fitdecode.FitReader(
        io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    )
    found = [(f.name, {x.name: x.value for x in f.fields}) for f in reader if isinstance(f, fitdecode.FitDataMessage)]
    assert [name for name, _ in found[:2]] == ["file_id", "workout"] and found[0][1]["type"] == "workout"
    return found[1][1], [fields for name, fields in found[2:] if name == "workout_step"]


sessions = st.builds(
    lambda kind, hundreds, fast, spread, heart: session(
        kind, hundreds * 100.0, (fast, fast * spread), low=130.0 if heart else NAN, high=150.0 if heart else NAN
    ),
    st.sampled_from(sorted(RUNNING_KINDS | {"race"})),
    st.integers(1, 500),
    st.floats(170.0, 700.0),
    st.floats(1.0, 3.5),
    st.booleans(),
)


@given(sessions, st.sampled_from(["en", "de"]))
@settings(max_examples=200, deadline=None)
def test_the_steps_are_the_session_and_never_more(one: Session, language: str) -> None:
    made = workout_of(decision(one), language)
    assert made is not None
    steps = list(made.unrolled())
    if one.kind == "walk-run":
        assert sum(s.duration_s for s in steps) == pytest.approx(one.duration_s)
        return
    assert sum(s.distance_m for s in steps) == pytest.approx(one.distance_m)
    assert all(s.distance_m > 0.0 for s in steps)
    for step in steps:
        if math.isfinite(step.speed_high_m_s):
            assert step.speed_high_m_s <= 1000.0 / one.pace_low_s_per_km * (1 + 1e-9)
            assert step.speed_low_m_s <= step.speed_high_m_s
        if math.isfinite(step.hr_high_bpm):
            assert (step.hr_low_bpm, step.hr_high_bpm) == (one.hr_low_bpm, one.hr_high_bpm)
    if one.kind == "intervals" and one.distance_m >= 1000.0:
        fast_m = sum(s.distance_m for s in steps if s.intensity == "interval")
        assert 0.18 * one.distance_m <= fast_m <= FAST_SHARE * one.distance_m


@given(sessions)
@settings(max_examples=100, deadline=None)
def test_another_parser_reads_it_back_step_for_step(one: Session) -> None:
    made = workout_of(decision(one), "de")
    assert made is not None
    about, read = steps_by_fitdecode(fit_workout(made, NOW, 7))
    assert about["num_valid_steps"] == len(read) and about["sport"] == made.sport and about["wkt_name"] == made.name
    assert about["wkt_description"] == made.because
    flat: list[Step | Repeat] = []
    for entry in made.steps:
        flat += [*entry.steps, entry] if isinstance(entry, Repeat) else [entry]
    for index, (wanted, got) in enumerate(zip(flat, read, strict=True)):
        assert got["message_index"] == index
        if isinstance(wanted, Repeat):
            assert got["duration_type"] == "repeat_until_steps_cmplt" and got["repeat_steps"] == wanted.times
            assert got["duration_step"] == index - len(wanted.steps)
            continue
        assert got["wkt_step_name"] == wanted.name and got["intensity"] == wanted.intensity
        if math.isfinite(wanted.distance_m):
            assert got["duration_distance"] == pytest.approx(wanted.distance_m, abs=0.0051)
        else:
            assert got["duration_time"] == pytest.approx(wanted.duration_s, abs=0.00051)
        _same_targets(wanted, got)


def _same_targets(wanted: Step, got: dict[str, object]) -> None:
    speed, heart = math.isfinite(wanted.speed_low_m_s), math.isfinite(wanted.hr_low_bpm)
    order = [name for name, there in (("speed", speed), ("heart_rate", heart)) if there]
    order = order[::-1] if wanted.heart_first else order
    assert got["target_type"] == (order[0] if order else "open")
    assert got.get("secondary_target_type") == (order[1] if len(order) > 1 else None)
    for prefix, name in zip(("", "secondary_"), order, strict=False):
        low, high = got[f"{prefix}custom_target_{name}_low"], got[f"{prefix}custom_target_{name}_high"]
        if name == "speed":
            assert low == pytest.approx(wanted.speed_low_m_s, abs=0.00051)
            assert high == pytest.approx(wanted.speed_high_m_s, abs=0.00051)
        else:
            assert (low, high) == (wanted.hr_low_bpm + 100, wanted.hr_high_bpm + 100)  # type: ignore[operator]


def test_repetitions_have_a_warm_up_repeats_and_a_cool_down() -> None:
    made = workout_of(decision(session("intervals", 9000.0, (255.0, 265.0))))
    assert made is not None
    assert [type(one) for one in made.steps] == [Step, Repeat, Step]
    assert [(one.times, [s.distance_m for s in one.steps]) for one in made.steps if isinstance(one, Repeat)] == [
        (4, [800.0, 400.0])
    ]
    assert [one.intensity for one in made.steps if isinstance(one, Step)] == ["warmup", "cooldown"]


def test_where_effort_leads_no_pace_is_asked_of_the_watch() -> None:
    made = workout_of(decision(session(pace=(300.0, 900.0), low=NAN, high=NAN)), "de")
    assert made is not None
    _, read = steps_by_fitdecode(fit_workout(made, NOW, 1))
    assert {step["target_type"] for step in read} == {"open"} and "nach Gefühl" in str(read[-1]["notes"])


def test_a_band_without_a_slow_end_begins_at_standing() -> None:
    made = workout_of(decision(session(pace=(300.0, 700.0), low=NAN, high=NAN)))
    assert made is not None
    step = made.steps[-1]
    assert isinstance(step, Step) and step.speed_low_m_s == 0.0 and step.speed_high_m_s == pytest.approx(1000 / 300)


@pytest.mark.parametrize(
    ("kind", "sport"), [("walk", "walking"), ("bike", "cycling"), ("pool", "swimming"), ("strength", "training")]
)
def test_a_session_without_running_is_one_step_of_its_time(kind: str, sport: str) -> None:
    made = workout_of(decision(Session(kind, 0.0, 1800.0, NAN, NAN, NAN, NAN)))
    assert made is not None and made.sport == sport
    _, (step,) = steps_by_fitdecode(fit_workout(made, NOW, 1))
    assert step["duration_time"] == 1800.0 and step["target_type"] == "open"


@pytest.mark.parametrize("one", [None, Session("rest", 0.0, 0.0, NAN, NAN, NAN, NAN)])
def test_a_day_of_rest_has_no_workout(one: Session | None) -> None:
    assert workout_of(decision(one)) is None


def test_long_reasons_end_between_words_within_the_field() -> None:
    long = Reason("für " * 200, (), ())
    made = workout_of(decision(session(), (long,)))
    assert made is not None
    about, _ = steps_by_fitdecode(fit_workout(replace(made, because="für ö " * 200), NOW, 1))
    text = str(about["wkt_description"])
    assert len(text.encode()) <= 254 and text.endswith("…") and set(text.split()) <= {"für", "ö", "ö…", "für…", "…"}


def test_every_word_of_a_step_has_its_german() -> None:
    for kind in ("intervals", "steady", "walk-run", "race", "easy"):
        english, german = (workout_of(decision(session(kind, 9000.0)), lang) for lang in ("en", "de"))
        assert english is not None and german is not None
        for a, b in zip(english.unrolled(), german.unrolled(), strict=True):
            assert a.name != b.name and (a.notes != b.notes or not a.notes)
    assert title_of(session("bike"), "de") == "Rad" and effort_of(session("bike")) == "easy"
    assert all(value for value in EXPORT.values())


# ── the calendar ───────────────────────────────────────────────────────────────────────────────────────────────


def week(*kinds: str, made_unix_s: float = NOW) -> Week:
    first, rest = int(made_unix_s // 86400), Session("rest", 0.0, 0.0, NAN, NAN, NAN, NAN)
    days = (Planned(first + n, rest if kind == "rest" else session(kind), WHY, ()) for n, kind in enumerate(kinds))
    return Week(made_unix_s, tuple(days))


def events(content: bytes) -> list[icalendar.Event]:
    return [one for one in icalendar.Calendar.from_ical(content).walk("VEVENT") if isinstance(one, icalendar.Event)]


def test_each_day_is_one_event_that_another_parser_reads_back() -> None:
    made = plan_calendar(week("easy", "rest", "long"), "abc", 18.25, "de")
    found = events(made.content)
    assert [str(e["UID"]) for e in found] == [uid_of(day, "abc") for day in made.days]
    assert found[0].decoded("DTSTART") == datetime.combine(made.days[0], datetime.min.time()) + timedelta(hours=18.25)
    assert found[0].decoded("DURATION") == timedelta(minutes=math.ceil(8000 * 0.38 / 60))
    assert found[1].decoded("DTSTART") == made.days[1] and not isinstance(found[1].decoded("DTSTART"), datetime)
    assert str(found[1]["SUMMARY"]) == "Ruhe" and str(found[1]["TRANSP"]) == "TRANSPARENT"
    assert "8,0 km" in str(found[0]["SUMMARY"]) and WHY.text in str(found[0]["DESCRIPTION"])


def test_a_calendar_keeps_to_the_letter_of_the_standard() -> None:
    content = plan_calendar(week("easy", "long", "race", "walk-run"), "abc", NAN, "de").content
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for event in events(content):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)


def test_a_later_export_replaces_the_same_days() -> None:
    first = events(plan_calendar(week("easy", "long"), "abc", 7.0, "en").content)
    later = events(plan_calendar(week("rest", "long", made_unix_s=NOW + 3600.0), "abc", 7.0, "en").content)
    assert [str(e["UID"]) for e in first] == [str(e["UID"]) for e in later]
    assert all(int(b["SEQUENCE"]) > int(a["SEQUENCE"]) for a, b in zip(first, later, strict=True))


def fact(day: float, hour: float, offset_s: float = 3600.0) -> RunFact:
    start = NOW - day * 86400.0
    start = start - (start + offset_s) % 86400.0 + hour * 3600.0
    return RunFact("r", start, offset_s, "running", "", 5e3, 1e3, 1e3, NAN, NAN, NAN, NAN, NAN, NAN, {}, 1.0, True)


def test_the_usual_hour_is_the_persons_or_none() -> None:
    steady = [fact(n + 1.0, 6.5 + 0.1 * (n % 3)) for n in range(10)]
    assert usual_hour(steady, NOW) == 6.5
    assert usual_hour([fact(n + 1.0, (23.9, 0.1)[n % 2]) for n in range(10)], NOW) in (0.0, 23.75, 0.25)
    assert math.isnan(usual_hour(steady[:4], NOW))
    assert math.isnan(usual_hour([fact(n + 1.0, 2.3 * n) for n in range(10)], NOW))
    assert math.isnan(usual_hour([fact(n + 100.0, 7.0) for n in range(10)], NOW))


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A diary of six weeks of easy runs up to yesterday."""
    import time

    now = time.time()
    with Store(tmp_path / "r.db") as store:
        for days in range(42, 0, -2):
            t_s = np.arange(0.0, 1800.0, 5.0)
            run = recording(
                (heart_rate(t_s, np.full(len(t_s), 140.0)),),
                start_unix_s=now - days * 86400.0,
                sub_sport="",
                laps=(),
                pauses=(),
            )
            known = {
                "duration_s": 1800.0,
                "timer_s": 1800.0,
                "moving_s": 1800.0,
                "distance_m": 5000.0,
                "avg_hr_bpm": 140.0,
            }
            store.add_recording(run, summary(**known, best_efforts_s={}))
    return tmp_path / "r.db"


def test_the_command_writes_todays_session_or_says_why_not(
    runner: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["export", "--workout", str(tmp_path / "w.fit"), "--db", str(runner), "--lang", "de", "--json"])
    told = capsys.readouterr()
    if code == 1:
        assert "Heute gibt es keine Einheit" in told.err and not (tmp_path / "w.fit").exists()
        return
    document = json.loads(told.out)
    _, read = steps_by_fitdecode((tmp_path / "w.fit").read_bytes())
    flat = [
        s
        for one in document["workout"]["steps"]
        for s in (*one.get("steps", [one]), *([one] if "times" in one else []))
    ]
    assert len(read) == len(flat) and document["decision"]


def test_who_should_rest_gets_no_session_on_the_watch(
    runner: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["checkin", "I have a fever", "--yes", "--db", str(runner)]) == 0
    capsys.readouterr()
    assert main(["export", "--workout", str(tmp_path / "w.fit"), "--db", str(runner), "--lang", "en"]) == 1
    assert "Rest today" in capsys.readouterr().err and not (tmp_path / "w.fit").exists()


def test_the_command_writes_the_coming_days_with_lasting_names(
    runner: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.ics", "b.ics"):
        assert main(["export", "--plan", str(tmp_path / name), "--db", str(runner), "--at", "06:30"]) == 0
    capsys.readouterr()
    first, second = (events((tmp_path / name).read_bytes()) for name in ("a.ics", "b.ics"))
    assert [e["UID"] for e in first] == [e["UID"] for e in second] and len(first) >= 1
    days = [e.decoded("DTSTART") for e in first]
    assert [d.date() if isinstance(d, datetime) else d for d in days] == [
        date.fromisoformat(str(e["UID"])[:10]) for e in first
    ]
    timed = [e for e in first if isinstance(e.decoded("DTSTART"), datetime)]
    assert all((e.decoded("DTSTART").hour, e.decoded("DTSTART").minute) == (6, 30) for e in timed)


@pytest.mark.parametrize("at", ["25:00", "6", "noon"])
def test_an_hour_that_is_none_is_wrong_usage(runner: Path, tmp_path: Path, at: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export", "--plan", str(tmp_path / "a.ics"), "--db", str(runner), "--at", at])
    assert ended.value.code == 2


def test_a_workout_is_a_value() -> None:
    made = Workout(
        "x", "running", (Repeat(3, (Step("a", "active", distance_m=1.0),)), Step("b", "rest", duration_s=2.0))
    )
    assert [step.name for step in made.unrolled()] == ["a", "a", "a", "b"]
