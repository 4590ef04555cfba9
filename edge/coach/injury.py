"""An injury as a state machine per body area: what was said of pain moves it, and silence proves nothing.

The rule of this file: a pure function of sayings, runs done and time. Pain of 3 and more eases, of 5 and more (or worse
from one day to the next) stops; a rung of the ladder is earned by time, a run and a pain of 2 at most said the day
after.

Sources: Thomeé (1997), Phys Ther 77, and Silbernagel (2007), Am J Sports Med 35: pain up to 2 of 10 is safe, 3 to 5
acceptable if it is gone the next morning, and must not rise from week to week; the limits here are one step stricter.
Warden (2014), J Orthop Sports Phys Ther 44, on bone stress: pain at rest or at night, focal, increasing. The days on
each rung and the waits of 7 and 14 days before a clinician are coaching practice and an assumption.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from edge.coach.beliefs import Belief, Injury
from edge.coach.heard import CLEARED, DAY_S, words
from edge.coach.phrases import say
from edge.coach.said import Said
from edge.coach.words_de import your_place as your_place_de
from edge.samples import Column

LADDER = ("walk", "walk-run", "short easy", "easy", "full")
#: Days on each rung before the next can be earned (assumption: about four weeks from stopped to sound at the soonest).
DAYS_ON_RUNG = (2, 4, 5, 7, 7)
OFF = -1
EASE_FROM, STOP_FROM, EARNED_UP_TO = 3.0, 5.0, 2.0
#: A pain said without a number counts as this much, and the number is asked for.
UNKNOWN_SEVERITY = 4.0
#: What a person's number may be off by: the smallest change that matters on such scales is about 2, so 1 each way.
SEVERITY_DOUBT = 1.0
CLINICIAN_STOPPED_DAYS, CLINICIAN_EASED_DAYS = 7.0, 14.0
#: A small pain (below 3) not said again for so long is over; a larger one is asked about instead.
WATCH_FORGOTTEN_DAYS = 7.0
#: A place that was last said to be 2 of 10 or less, and not said again for so long, is history (assumption).
LADDER_FORGOTTEN_DAYS = 365.0
WORSE_WITHIN_DAYS = 3
#: A report speaks of a run done the day before, or the day before that.
REPORT_DAYS = 2
BONE_AREAS = frozenset({"foot", "shin", "groin", "hip"})
BONE_WORDS = frozenset({"rest", "night", "focal", "point", "increasing", "worse", "bone", "weight"})
BONE_TESTS = frozenset({"touch", "jumping", "hop", "hopping"})
#: Pain that grows, or that changes how one walks, stops at any number.
STOP_WORDS = frozenset({"increasing", "worse", "worsening", "limp", "limping", "weight", "swollen", "swelling",
                        "locked", "pop", "popped", "gait"})  # fmt: skip
#: Areas that are no injury of the legs or trunk: the rules on red flags and altitude read them.
NO_INJURY = frozenset({"chest", "head"})
_PROFILE_WORDS = {
    "foot": ("foot", "plantar", "heel", "toe", "fuß", "ferse"), "ankle": ("ankle", "knöchel"), "achilles":
    ("achilles",), "shin": ("shin", "tibia", "schien"), "calf": ("calf", "wade"), "knee": ("knee", "patella", "itb",
    "knie"), "hamstring": ("hamstring",), "quad": ("quad", "thigh"), "groin": ("groin", "leiste"), "hip": ("hip",
    "hüft"), "back": ("back", "rücken"), "shoulder": ("shoulder", "schulter"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Course:
    """Where one area's machine stands while the sayings are read."""

    area: str
    state: str = "sound"
    since_s: float = math.nan
    began_s: float = math.nan
    severity: float = math.nan
    known: bool = True
    as_of_s: float = math.nan
    step: int = OFF
    bone: bool = False
    sore_s: float = math.nan
    """When pain of 3 or more was last said."""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """One saying about an area: when, how much it hurts (0 where it is said to be over), and how."""

    unix_s: float
    day: int
    severity: float
    situation: frozenset[str]
    sentence: int


def injuries_of(
    said: Sequence[Said],
    run_start_unix_s: Column,
    now_unix_s: float,
    utc_offset_s: float,
    stated: Sequence[str] = (),
) -> tuple[Injury, ...]:
    """Return what hurts or is coming back, by area and side, from what was said and the starts (n,) of the runs done.

    `stated` are the free texts of the profile: they are watched until the profile changes. What is sound is left out.
    """
    heard = _heard(said, utc_offset_s)
    if not heard and not stated:
        return ()
    starts = np.asarray(run_start_unix_s, dtype=np.float64).tolist()
    found = []
    for (area, side), course_words in heard.items():
        course = _Course(area)
        for word in course_words:
            course = _after(_timed(course, word.unix_s), word, starts, utc_offset_s)
        course = _timed(course, now_unix_s)
        if course.state != "sound":
            found.append(_injury(area, side, course, now_unix_s))
    known = {injury.area for injury in found}
    return (*found, *(_from_profile(text) for text in stated if area_of(text) not in known))


def area_of(text: str) -> str:
    """Return the body area that a free text names; "other" where it names none."""
    small = text.lower()
    return next((area for area, names in _PROFILE_WORDS.items() if any(n in small for n in names)), "other")


def _heard(said: Sequence[Said], utc_offset_s: float) -> dict[tuple[str, str], list[_Word]]:
    """Return the words about each area and side in order; one without a side also speaks for what has one."""
    chosen = [o for o in said if o.constraint.kind in ("pain", "pain_resolved") and o.constraint.area not in NO_INJURY]
    keys = list(
        dict.fromkeys((o.constraint.area or "other", o.constraint.side) for o in chosen if o.constraint.kind == "pain")
    )
    heard: dict[tuple[str, str], list[_Word]] = {key: [] for key in keys}
    for one in chosen:
        c = one.constraint
        eased = c.kind == "pain_resolved"
        severity = 0.0 if eased else c.severity
        day = int((one.said_unix_s + utc_offset_s) // DAY_S)
        word = _Word(one.said_unix_s, day, severity, words(c.situation), one.sentence)
        for area, side in keys:
            relief = eased or severity <= EARNED_UP_TO
            if _speaks_of(c.area or ("" if relief else "other"), c.side, area, side, relief):
                heard[(area, side)].append(word)
    return heard


def _speaks_of(area: str, side: str, of_area: str, of_side: str, relief: bool) -> bool:
    """Return whether a word about one place is heard for another: relief of one side is none for both."""
    if area != of_area and not (relief and area == "" and side == ""):  # "no pain today" speaks of all places
        return False
    return side == of_side or (relief and side in ("", "both"))


def _timed(course: _Course, now_s: float) -> _Course:
    """Return the course after time alone: a small pain is forgotten, one that lasts goes to a clinician."""
    forgotten_days = WATCH_FORGOTTEN_DAYS if course.state == "watch" else LADDER_FORGOTTEN_DAYS
    small = course.state == "watch" or (course.step != OFF and course.severity <= EARNED_UP_TO)
    if small and now_s - course.as_of_s > forgotten_days * DAY_S:
        return _Course(course.area)
    lasts = {"stopped": CLINICIAN_STOPPED_DAYS, "eased": CLINICIAN_EASED_DAYS}.get(course.state, math.inf)
    due_s = course.began_s + lasts * DAY_S
    if now_s >= due_s:
        return replace(course, state="clinician", since_s=max(due_s, course.since_s))
    return course


def _after(course: _Course, word: _Word, starts: list[float], utc_offset_s: float) -> _Course:
    """Return the course after one saying."""
    known = not math.isnan(word.severity)
    severity = word.severity if known else UNKNOWN_SEVERITY
    evidence = (*course.evidence, f"said {word.sentence}")[-4:]
    before = course
    course = replace(course, severity=severity, known=known, as_of_s=word.unix_s, evidence=evidence)
    if course.state == "sound":
        course = replace(course, began_s=word.unix_s)
    if severity <= EARNED_UP_TO and not (severity > 0.0 and _warns(course, word)):
        return _relieved(before, course, word, starts, utc_offset_s)
    return _sore(before, course, word, utc_offset_s)


def _sore(before: _Course, course: _Course, word: _Word, utc_offset_s: float) -> _Course:
    """Return the course after a pain above 2."""
    severity = course.severity
    state = course.state
    if severity >= EASE_FROM and course.step != OFF:  # a setback begins an episode of its own
        course = replace(course, began_s=word.unix_s)
    if severity >= EASE_FROM or _warns(course, word):
        course = replace(course, sore_s=word.unix_s, step=OFF)
    if course.bone or _is_bone(course, word):
        return _moved(course, before, "clinician", word.unix_s, bone=True)
    walking = severity >= EASE_FROM and "walking" in word.situation
    if severity >= STOP_FROM or walking or word.situation & STOP_WORDS or _worse(before, word, severity, utc_offset_s):
        return course if state == "clinician" else _moved(course, before, "stopped", word.unix_s)
    if severity >= EASE_FROM and before.step == 0:  # who may only walk is not let to jog by a pain
        return _moved(course, before, "stopped", word.unix_s)
    if severity >= EASE_FROM:
        return course if state in ("stopped", "clinician") else _moved(course, before, "eased", word.unix_s)
    return _moved(course, before, "watch", word.unix_s) if state in ("sound", "watch") else course


def _warns(course: _Course, word: _Word) -> bool:
    """Return whether the words warn whatever the number: growing pain, a limp, or signs of bone stress."""
    return _is_bone(course, word) or bool(word.situation & STOP_WORDS)


def _is_bone(course: _Course, word: _Word) -> bool:
    """Return whether the words are signs of bone stress: at rest or at night, to touch or a hop from 3 on."""
    if course.area not in BONE_AREAS:
        return False
    return bool(word.situation & BONE_WORDS) or (course.severity >= EASE_FROM and bool(word.situation & BONE_TESTS))


def _worse(before: _Course, word: _Word, severity: float, utc_offset_s: float) -> bool:
    """Return whether pain of 3 or more grew since an earlier day of the last three."""
    if severity < EASE_FROM or before.state == "sound" or math.isnan(before.severity):
        return False
    earlier = int((before.as_of_s + utc_offset_s) // DAY_S)
    return 1 <= word.day - earlier <= WORSE_WITHIN_DAYS and severity > before.severity


def _moved(course: _Course, before: _Course, state: str, unix_s: float, bone: bool = False) -> _Course:
    since_s = course.since_s if before.state == state else unix_s
    return replace(course, state=state, since_s=since_s, step=OFF, bone=course.bone or bone)


def _relieved(before: _Course, course: _Course, word: _Word, starts: list[float], utc_offset_s: float) -> _Course:
    """Return the course after a pain of 2 at most, or after "it is over"."""
    if before.state == "sound":
        return _Course(course.area) if course.severity == 0.0 else _moved(course, before, "watch", word.unix_s)
    if before.state == "watch":
        return _Course(course.area) if course.severity == 0.0 else course
    if before.bone and not word.situation & CLEARED:
        return course
    if before.step != OFF:
        return _climbed(course, word, starts, utc_offset_s)
    if int((before.sore_s + utc_offset_s) // DAY_S) >= word.day:
        return replace(course, bone=False)  # on the day it hurt nothing is lifted, but a clinician's word is kept
    rung = 1 if before.state == "eased" else 0
    return replace(course, state=LADDER[rung], since_s=word.unix_s, step=rung, bone=False)


def _climbed(course: _Course, word: _Word, starts: list[float], utc_offset_s: float) -> _Course:
    """Return the course one rung higher where it is earned: by days on the rung and a run of the last two days."""
    began_day = int((course.since_s + utc_offset_s) // DAY_S)
    if word.day - began_day < DAYS_ON_RUNG[course.step] or (
        course.step > 0 and not _ran(course, word, starts, utc_offset_s)
    ):
        return course
    if course.step == len(LADDER) - 1:
        return (
            _Course(course.area)
            if course.severity == 0.0
            else _moved(course, replace(course, state=""), "watch", word.unix_s)
        )
    return replace(course, state=LADDER[course.step + 1], since_s=word.unix_s, step=course.step + 1)


def _ran(course: _Course, word: _Word, starts: list[float], utc_offset_s: float) -> bool:
    """Return whether a run was done on this rung, on one of the two local days before the report."""
    first_s = max(course.since_s, (word.day - REPORT_DAYS) * DAY_S - utc_offset_s)
    return bisect_right(starts, first_s) < bisect_left(starts, word.day * DAY_S - utc_offset_s)


def _injury(area: str, side: str, course: _Course, now_unix_s: float) -> Injury:
    low = max(course.severity - SEVERITY_DOUBT, 0.0) if course.known else 1.0
    high = min(course.severity + SEVERITY_DOUBT, 10.0) if course.known else 10.0
    severity = Belief(course.severity, low, high, "you said", course.as_of_s, course.evidence)
    injury = Injury(
        area, side, course.state, course.since_s, severity, course.step, course.began_s, course.evidence, "",
        _question(area, side, course), course.bone,
    )  # fmt: skip
    return replace(injury, next_step_when=next_step(injury, now_unix_s, "en"))


def _from_profile(text: str) -> Injury:
    severity = Belief(math.nan, 0.0, 10.0, "your profile", math.nan, ("your profile",))
    when = "when your profile no longer names it"  # as `next_step` says it
    question = f"How is it today ({text}), 0 to 10?"
    return Injury(area_of(text), "", "watch", math.nan, severity, OFF, math.nan, ("your profile",), when, question)


def named(area: str, side: str) -> str:
    """Return an area in words: "left knee", "both shins"."""
    plain = {"achilles": "Achilles tendon", "quad": "front of the thigh", "other": "sore place"}.get(area, area)
    return f"{plain} on both sides" if side == "both" else f"{side} {plain}".strip()


def your_place(area: str, side: str, language: str) -> str:
    """Return a place with "your" in a language: "your left knee", "dein linkes Knie"."""
    return your_place_de(area, side) if language == "de" else f"your {named(area, side)}"


def _question(area: str, side: str, course: _Course) -> str:
    """Return what to ask about a place."""
    place = named(area, side)
    if course.bone:
        return f"Has a clinician seen your {place}?"
    return f"How is your {place} today, 0 to 10?" if course.known else f"How much does your {place} hurt, 0 to 10?"


def next_step(injury: Injury, now_unix_s: float, language: str) -> str:
    """Return in a language what brings the next state of an injury."""
    if injury.evidence == ("your profile",):
        return say(language, "when your profile no longer names it")
    if injury.bone:
        return say(language, "when a clinician has cleared it")
    if injury.state == "clinician":
        return say(language, "when it is 2 of 10 or less; a clinician should look at it by now")
    if injury.step == OFF and injury.state == "watch":
        text = "when it is over, or not said again for {forgotten:days}"
        return say(language, text, forgotten=WATCH_FORGOTTEN_DAYS)
    if injury.step == OFF:
        return say(language, "when it is 2 of 10 or less on a later day")
    days = max(DAYS_ON_RUNG[injury.step] - math.floor((now_unix_s - injury.since_unix_s) / DAY_S), 0)
    done = "with 2 of 10 or less said the day after a run" if injury.step else "with 2 of 10 or less said after walking"
    if not days:
        return say(language, done)
    return say(language, "in {wait:days} or later, {done:word}", wait=float(days), done=say(language, done))
