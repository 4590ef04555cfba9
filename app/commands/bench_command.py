"""`kadenz bench SUITE`: what a part of the product reaches, beside its peers, measured in this run.

The rule of this file: a part that cannot be measured is named with its reason and never stops the others.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.bench import page
from app.bench.coach_programs import PROGRAMS, SIZES, measure_of
from app.bench.figures import Measure, Section
from app.coach_text import console
from app.output import CommandError, print_json, say


@dataclass(frozen=True, slots=True)
class Suite:
    """Parts that are measured together; a part's module is app.bench.<part>_bench, or it is one of `PROGRAMS`."""

    subject: str
    parts: dict[str, str]
    """Part -> what it measures."""


_SIGNAL = {
    "orientation": "orientation from gyroscope and accelerometer, beside vqf, imufusion and ahrs",
    "activity": "still, walk, run, stairs: on people and devices never seen",
    "gait": "steps, cadence and what a foot or a trunk shows of the gait",
    "climb": "height and ascent from pressure, satellites and motion",
    "track": "distance, pauses and pace, and pace adjusted for grade",
    "heart": "artefacts of heart rate and beat intervals",
    "screen": "which way up the screen is, and how it is worn",
    "session": "the whole live pipeline: time, memory, replay",
}
_MODELS = {
    "lives": "simulated runners beside real histories",
    "models_person": "one person's heart rate after so many runs, intervals by group, run time",
    "models_tomorrow": "each morning's forecast of the day, walked forward",
    "models_twins": "targets of simulated twins: another body behind the same profile, after five runs",
    "models_race": "race times: from other races, and in the race from the splits",
}
_COACH = {
    "ablation": "what each model changes in targets and cards, and whether for the better: on simulated people",
    "people": "the same day for people who differ: session, targets and words",
    "limp": "altered gait: simulated limps found, false alarms of sound gait",
    "choose": "choosing among safe options, trials of one, off-policy estimates: on simulated people",
    "responses": "what each kind of run does to a person, beside the truth: on simulated people",
    "provoke": "whose knee: which dose provokes pain, and what a coach gains by it: on simulated people",
    "replay": "every stored decision computed again, and one changed stored value noticed",
    "counterfactual": "every what-if sentence done by hand and decided again",
    "stale": "what is expired, done or refused never comes back",
    "placeholder": "every command on diaries with missing fields: no gap, no number without unit, no pronoun",
    "safety": "fuzzed athlete-weeks against the safety rules",
}
_FLEET = {
    "fleet_prior": "cold start with a bundled, a shared and a perfect prior; groups, liars, numbers of people",
    "fleet_privacy": "epsilon by two accountants, and who can tell who was in",
    "fleet_scale": "a fleet on Flower: what it takes, what liars do to it, a million runners on paper",
    "fleet_box": "what a fleet of 10,000 in a box took, as a run of it told",
}
SUITES = {
    "signal": Suite("the signal core", _SIGNAL),
    "models": Suite("the models, on people never seen", _MODELS),
    "coach": Suite("the coach, on simulated people", _COACH),
    "fleet": Suite("priors shared by people in similar situations", _FLEET),
}
_INSTALL = "the peers and their pictures come with: pip install 'kadenz[bench]'"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz bench`."""
    suites = parser.add_subparsers(dest="suite", metavar="SUITE", required=True)
    for name, suite in SUITES.items():
        listed = "; ".join(f"{part}: {text}" for part, text in suite.parts.items())
        one = suites.add_parser(name, help=suite.subject, description=f"Measure {suite.subject}. {listed}.")
        one.add_argument(
            "--part", action="append", choices=list(suite.parts), metavar="PART", help="only this (repeat)"
        )
        one.add_argument("--quick", action="store_true", help="a sample of the data, about two minutes in all")
        if name == "coach":
            _add_sizes(one)
        one.add_argument("--data", type=Path, metavar="FOLDER", help="the recordings (default: KADENZ_DATA)")
        one.add_argument("--pictures", type=Path, metavar="FOLDER", help="draw the pictures to this folder")
        one.add_argument(
            "--page",
            type=Path,
            metavar="FILE",
            help="write the figures as a page in Markdown, with the pictures of --pictures",
        )
        one.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else")


def _add_sizes(parser: argparse.ArgumentParser) -> None:
    proofs = ", ".join(PROGRAMS)
    parser.add_argument("--size", choices=SIZES, default="usual", help=f"of the proofs ({proofs}): full takes hours")
    parser.add_argument("--seed", type=int, metavar="N", help="of the proofs")
    parser.add_argument(
        "--told", type=Path, metavar="FOLDER", help="read PART.json there, as a proof printed it, instead of running it"
    )


def run(args: argparse.Namespace) -> int:
    """Measure the parts; 1 where one of them could not be measured or a control came out better."""
    suite, recordings = SUITES[args.suite], _recordings(args.data)
    sections, failed = [], {}
    for name in args.part or suite.parts:
        say(f"{name}: {suite.parts[name]} …")
        try:
            sections.append(_measured(name, recordings, args))
        except (ImportError, OSError, ValueError) as problem:
            failed[name] = f"{problem}; {_INSTALL}" if isinstance(problem, ImportError) else str(problem)
            say(f"kadenz bench: {name}: {failed[name]}")
    _pictures(sections, args.pictures)
    if args.page is not None:
        args.page.write_text(_page(args, suite, sections))
    if args.json:
        print_json(_document(sections, failed))
    else:
        _tell(sections)
    fooled = [control for section in sections for control in section.controls if not control.worse]
    return 1 if failed or fooled else 0


def _page(args: argparse.Namespace, suite: Suite, sections: list[Section]) -> str:
    flags = "".join(f" --part {one}" for one in args.part or ()) + (" --quick" if args.quick else "")
    flags += f" --told {_shown(args.told)}" if getattr(args, "told", None) else ""
    flags += " --size full" if getattr(args, "size", "") == "full" else ""
    today = datetime.now(tz=UTC).date().isoformat()
    beside = ""
    if args.pictures is not None:
        flags += f" --page {_shown(args.page)} --pictures {_shown(args.pictures)}"
        beside = Path(os.path.relpath(args.pictures, args.page.parent)).as_posix()
    return page.page(suite.subject, sections, f"kadenz bench {args.suite}{flags}", today, beside)


def _shown(path: Path) -> str:
    """Return a path as it may stand in a page: never where a folder lies on this machine."""
    return path.name if path.is_absolute() else path.as_posix()


def _recordings(given: Path | None) -> Path:
    folder = given or Path(os.environ.get("KADENZ_DATA", "../shared/data"))
    if not folder.is_dir():
        raise CommandError(f"no recordings at {folder}: name their folder with --data or KADENZ_DATA")
    return folder


def _measured(name: str, recordings: Path, args: argparse.Namespace) -> Section:
    measure: Measure = (
        measure_of(name, args.size, args.seed, args.told)
        if name in PROGRAMS
        else importlib.import_module(f"app.bench.{name}_bench").measure
    )
    begun_s = time.monotonic()
    section = measure(recordings, args.quick, lambda line: say(f"  {line.removeprefix(f'{name}: ')}"))
    say(f"{name}: done in {time.monotonic() - begun_s:.0f} s")
    return dataclasses.replace(section, name=name)


def _pictures(sections: list[Section], folder: Path | None) -> None:
    if folder is None:
        return
    from app.bench.drawing import draw

    for section in sections:
        for path in draw(section, folder):
            say(f"drawn: {path}")


def _document(sections: list[Section], failed: dict[str, str]) -> dict[str, object]:
    """Return what `--json` prints: machine, parts with figures, controls and notes, and what failed."""
    parts = {
        section.name: {
            "data": section.data,
            "figures": [{**_fields(one), "has_goal": one.has_goal, "reached": one.reached} for one in section.figures],
            "controls": [{**_fields(one), "worse": one.worse} for one in section.controls],
            "notes": section.notes,
        }
        for section in sections
    }
    return {"machine": page.machine(), "parts": parts, "failed": failed}


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]


def _tell(sections: list[Section]) -> None:
    from rich import box
    from rich.table import Table

    out = console()
    name, measured, goal, peer, _ = page.HEADINGS
    for section in sections:
        table = Table(title=section.name, caption=section.data, title_justify="left", box=box.SIMPLE, pad_edge=False)
        table.add_column(name, min_width=32)
        for heading in (measured, goal, peer):
            table.add_column(heading)
        for one in page.rows(section):
            table.add_row(*one[:2], f"{one[2]} {one[4]}".strip(), one[3])
        out.print(table)
        for note in section.notes:
            out.print(f"- {note}")
    out.print("\n".join(page.tally(sections)), highlight=False)
