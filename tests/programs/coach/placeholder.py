"""No message of any surface holds a gap: every command of the coach on diaries in which any field may be missing.

python tests/programs/coach/placeholder.py [DIARIES] [--seed N]      (default 40)

Each diary is a simulated life of some weeks, from none to many runs, with any of a run's measured totals and any of the
person's statements missing; the commands are run as a person runs them, in both languages where they have two. A line
with a word for nothing, a brace, a number without unit or a pronoun for the person is printed. The cards alone,
with every subset of their facts, are in `tests/programs/content/placeholders.py`; a part of which runs here.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import math
import os
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

import numpy as np
from programs.coach.books import EVERY_S, WORLDS, Progress, Report, Result, options
from programs.content.placeholders import run as cards_with_gaps

from app import coach_text
from app.cards import catalogue
from app.cli import main as kadenz
from app.diaries import profile_of
from app.lives_said import said_on
from app.store import Store, WholeRun
from app.store.paths import DIARY_NAME
from device.files.fit import read_fit
from edge.coach.types import Profile, Race
from edge.summary import RunSummary, summarise
from hardware_sim.lives import draw, live
from hardware_sim.lives.files import Life

DAY_S, _WIDE = 86400.0, 400
_ASKED = (
    "why was Sunday slow?", "how far did I run last week?", "am I getting faster?", "what was my longest run?",
    "warum war Sonntag langsam?", "wie weit bin ich letzte Woche gelaufen?", "bin ich schneller geworden?", "why?",
)  # fmt: skip
_SAID = (
    "left knee hurts 4/10 going downhill, slept badly", "I have a fever", "only 30 minutes today", "knee is fine again",
    "das linke Knie tut 4/10 weh, schlecht geschlafen", "Nachtschicht", "bin schwanger", "I am in Denver until Friday",
)  # fmt: skip
_EMPTY = re.compile(r"(?<![\w'-])(?:None|nan|NaN|inf|null|undefined|True|False)(?![\w'-])")
_BRACES = re.compile(r"[{}]|%[sdfgr]\b")
_PRONOUN = re.compile(r"(?<![\w'])(?:he|she|his|hers|her|him|himself|herself)(?![\w'])", re.IGNORECASE)
_UNIT = (
    r"km/h|km|min/km|/km|m/s|m|cm|kg|g|kcal|kJ|s|min|Min\.|h|Std\.|hours?|minutes?|seconds?|days?|weeks?|months?|"
    r"years?|"
    r"Stunden?|Minuten?|Tagen?|Tage?|Wochen?|Monaten?|Jahren?|"
    r"runs?|Lauf|Läufen?|Läufe|times?|Mal|mal|°C|°|%|bpm|beats/min|"
    r"Schlägen?/min|Schläge/min|spm|steps/min|Schritte/min|of \d+|of ten|von \d+|/10|sessions?|sentences?|forecasts?|"
    r"mornings?|"
    r"cards?|more numbers?|weitere Zahl(?:en)?|/min|"
    r"Wägungen|Paare|zweifelhafte|Punkte|Entscheidungen|decisions?|in four of five|points?|W|mile|"
    r"halves|steps?|rides?|others?|left out"
)
_ONE = r"[+-]?\d[\d.,:]*(?<![.,:])"
#: A range shares the unit of its end, and a value the unit after its interval: "452 (370 to 534) kcal".
_MEASURED = re.compile(
    rf"{_ONE}(?:\s?(?:to|bis|and|or|und|oder|–|-)\s?{_ONE})*(?:\s\({_ONE} to {_ONE}\))?\s?(?:{_UNIT})(?![\w°])"
    rf"(?:,? \((?:between )?{_ONE} (?:to|and|bis) {_ONE}[^)]*\))?"
)
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez"
#: Reviewed: what may be a number and have no unit.
_EXCEPTIONS = (
    re.compile(
        r"^(?:\[cards\] )?\|.*\|$|^\s*race fitness \(VDOT\).*"
    ),  # tables with units in their heads; VDOT has none
    re.compile(r"^\s+from .*|^\s+[A-Z]\w+ (?:and|et al|\(\d{4}).*\b(?:19|20)\d\d\b.*"),  # `why`: the paper of a rule
    re.compile(
        r"^\s*\d+\s\s(?=\d{4}-|\d\d\.\d\d\.\d{4})"
    ),  # sentences by number, as `kadenz checkin --list` names them
    re.compile(r"\b\d{8}-\d{4}-[0-9a-f]{4}\b|\b(?:number|Nummer|undo) \d+\b"),  # runs and sentences by their names
    re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?(?:Z|[+-]\d\d:\d\d)?"),  # dates
    re.compile(rf"\b\d{{1,2}}\.? (?:{_MONTH})[a-z]*\b"),  # dates in words
    re.compile(r"\b\d\d\.\d\d\.(?:\d{4}\b(?: \d\d:\d\d)?)?"),  # German dates
    re.compile(r"\b(?:112|911|988|116 123|0800 111 0 111)\b"),  # numbers to call
    re.compile(r"^\s+aus: .*"),  # `why` in German: the paper of a rule
    re.compile(r"\b(?:18 bis 34|35 bis 49|50 bis 64|65 und älter)\b|\bSatz \d+|\bAlter ist \d+|\bMit \d+ geh\b"),
    re.compile(r"\b(?:19|20)\d\d\b"),  # years, also of papers
    re.compile(
        r"\b\d{1,3}:\d\d(?::\d\d)?\b(?!\s?/km)(?! to \d+:\d\d /km)"
    ),  # clock and race times, as runners write them
    re.compile(r"`[^`]*`|\"[^\"]*\"|“[^”]*”"),  # commands, and the person's own words
    re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{6,32}\b|\S*\d\S*\.(?:fit|gpx|tcx)|\bR-[A-Z0-9-]+"),  # hashes, files, rules
    re.compile(
        r"\(VDOT\) [\d.]+(?:, between [\d.]+ and [\d.]+)?|\b(?:18 to 34|35 to 49|50 to 64)\b|opinion \d+"
        r"|der \d+\. Kilometer|65 and over|\bAt \d\d,|\bruns_known 0|sentence \d+|beside \d+|der \d+\. Tag"
    ),  # scales and names
    re.compile(r"^[\s]*\w+ [-\d.,e+]+(?:, \w+ [-\d.,e+]+)*\s*,?$"),  # `why`: values by the name that holds their unit
    re.compile(r"\b(?:[Zz]one|training load) \d+\b|\bstep \d+ of \d+\b|│ km \d+\b"),  # scales without a unit
)


@dataclass(slots=True)
class Books:
    """What was read, how many lines, and what was wrong in them by surface."""

    lines: int = 0
    surfaces: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)


#: Words that English lines hold and German ones do not; what the person typed and commands are left out.
_ENGLISH = re.compile(
    r"(?<![\w/-])(?:the|and|because|your|you|of|with|runs?|weeks?|days?|is|are|to|from|no|not|for|at|than|heart|rate|pace|"
    r"rest|easy|between|today|long|by|or|this|that|left|right|said|which|nothing|yet|walk|how|what|when|more|km/h|bpm)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_NOT_GERMAN = re.compile(r"^\s*\d+\s\s\d\d\.\d\d\.\d{4}.*|`[^`]*`|„[^“]*“|kadenz me set \S+ \S+, oder --keep")


def english(text: str) -> list[str]:
    """Return what is English in a line that should be German."""
    found = _ENGLISH.findall(_NOT_GERMAN.sub("", text))
    return [f"an English word: {one}" for one in found if one not in ("Rest", "Rate")]  # German too


def faults(text: str) -> list[str]:
    """Return what is wrong with a line."""
    found = [f"a word for nothing: {one}" for one in _EMPTY.findall(text)]
    found += [f"a gap: {one}" for one in _BRACES.findall(text)]
    found += [f"a pronoun: {one}" for one in _PRONOUN.findall(text)]
    for known in _EXCEPTIONS:
        text = known.sub("", text)
    return found + [f"a number without unit: {one}" for one in re.findall(r"\d[\d.,]*", _MEASURED.sub("", text))]


def holed(value: RunSummary, rng: np.random.Generator, share: float) -> RunSummary:
    """Return a summary in which each number may be missing."""
    gone = {
        f.name: math.nan
        for f in dataclasses.fields(value)
        if isinstance(getattr(value, f.name), float) and rng.random() < share
    }
    return dataclasses.replace(value, **gone)  # type: ignore[arg-type]


def holed_profile(value: Profile, rng: np.random.Generator) -> Profile:
    """Return a profile in which each statement may be missing."""
    kept = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if rng.random() < 0.5}
    return Profile(**kept)


def write(home: Path, seed: int, number: int, now_s: float) -> None:
    """Write a diary with gaps that ends in the night before a moment."""
    rng = np.random.default_rng((seed, number))
    days = int(rng.choice([1, 5, 20, 60, 120]))
    people, world = draw(seed, 1, 5000 + number), ("first", "second")[number % 2]
    lived = live(people, days, WORLDS[world], start_day=int(now_s // DAY_S) - days)
    life, share = Life(people, lived, 0, world, EVERY_S), float(rng.choice([0.0, 0.1, 0.5, 1.0]))
    with Store(home / DIARY_NAME) as store:
        store.save_profile(holed_profile(profile_of(life), rng))
        if rng.random() < 0.5:
            far_m = float(rng.choice([5000.0, 10000.0, 21097.5, 12345.0]))
            store.add_race(Race(int(now_s // DAY_S) + int(rng.integers(0, 40)), far_m, math.nan, ""))
        for column in range(days):
            for text, one in said_on(lived, 0, column, number):
                store.add_sentence(text, (one,), (lived.start_day + column) * DAY_S + 18 * 3600.0)
        for name, content in life.files():
            for recording in read_fit(content).recordings:
                summary = holed(summarise(recording.samples, recording.sport, recording.pauses, 70.0), rng, share)
                store.add_recordings([WholeRun(recording, summary, file_name=name)])


def spoken(arguments: list[str]) -> str:
    """Return what a command prints, on both streams; the command of its failure where it fails."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            kadenz(arguments)
    except SystemExit as problem:
        return f"{{no such usage: {' '.join(arguments)}: {problem}: {out.getvalue()[-200:]}}}"
    except Exception as problem:  # a command that falls over says nothing to a person
        return f"{{fell over: {type(problem).__name__}: {problem}}}"
    return out.getvalue()


def commands(home: Path, rng: np.random.Generator) -> list[list[str]]:
    """Return the commands of every surface for a diary."""
    plain = [
        ["today", "--lang", "en"], ["today", "--lang", "de", "--week"], ["why", "--lang", "de"], ["me", "--lang", "de"],
        ["scorecard", "--lang", "de"], ["today", "--place", "Denver, US"], ["why"], ["me"], ["cards"], ["scorecard"],
        ["report"], ["race", "list"], ["export", "--for", "physio"],
        ["predict", "--target", "10k"], ["predict", "--target", "half", "--best", "5k=24:30"],
    ]  # fmt: skip
    asked = [["ask", str(one)] for one in rng.choice(_ASKED, 3, replace=False)]
    said = [["checkin", "--yes", str(one)] for one in rng.choice(_SAID, 2, replace=False)]
    german = [[*one, "--lang", "de"] for one in (["cards"], ["race", "list"], ["choose"], ["trial"], ["trip"])]
    after = [
        ["checkin", "--list"],
        ["checkin", "--list", "--lang", "de"],
        ["today"],
        ["why"],
        ["today", "--lang", "de", "--week"],
        ["me", "--lang", "de"],
    ]
    return [[*one, "--db", str(home)] for one in (*plain, *german, *asked, *said, *after)]


def run(diaries: int, seed: int, now_s: float = 1.78e9) -> Books:
    """Return the books of so many diaries, at a moment in Unix s."""
    books, progress, clock, width = Books(), Progress(diaries), time.time, coach_text.WIDTH
    time.time, coach_text.WIDTH = lambda: now_s, _WIDE  # no number is parted from its unit by the end of a line
    os.environ["COLUMNS"] = str(_WIDE)
    try:
        for number in range(diaries):
            with tempfile.TemporaryDirectory() as folder:
                write(Path(folder), seed, number, now_s)
                for one in commands(Path(folder), np.random.default_rng((seed, number, 1))):
                    _read(one, spoken(one).replace(folder, "FOLDER"), number, books)
            progress.at(number + 1)
    finally:
        time.time, coach_text.WIDTH = clock, width
        del os.environ["COLUMNS"]
    return books


def _read(arguments: list[str], text: str, number: int, books: Books) -> None:
    surface = arguments[0]
    for line in text.splitlines():
        books.lines += bool(line.strip())
        books.surfaces[surface] += bool(line.strip())
        german = "de" in arguments[arguments.index("--lang") :] if "--lang" in arguments else False
        for fault in (*faults(line), *(english(line) if german else ())):
            what = "a number without unit" if "unit" in fault else fault
            key = f"{surface}: {what}: {re.sub(r'[0-9]+', '#', line.strip())}"
            books.count[key] += 1
            books.wrong.setdefault(key, f"diary {number}, {' '.join(arguments[:-2])}: {fault}: {line.strip()[:150]!r}")


def report_of(books: Books, diaries: int, seed: int, values: int) -> Report:
    """Return the report of the books, and of the cards with so many sets of values."""
    messages, gaps = cards_with_gaps(catalogue(), values, 64, seed)
    figures = (
        Result("lines with a gap, a number without unit or a pronoun", sum(books.count.values()), "", 0.0,
               note=f"{books.lines} lines of {len(books.surfaces)} commands"),
        Result("cards' messages with a gap", len(gaps), "", 0.0, note=f"{messages} messages"),
    )  # fmt: skip
    about = f"simulated: {diaries} diaries with missing fields, both physiologies, seed {seed}"
    told = tuple(f"{books.count[key]} times: {line}" for key, line in sorted(books.wrong.items()))
    return Report(about, figures, (*told, *gaps[:20]))


def main() -> int:
    """Run the program of the command line."""
    parser = options(__doc__ or "", "diaries (default 40)", 40)
    parser.add_argument("--values", type=int, default=3, help="sets of values for each card")
    args = parser.parse_args()
    return report_of(run(args.size, args.seed), args.size, args.seed, args.values).end(args.json)


if __name__ == "__main__":
    sys.exit(main())
