"""`kadenz rebuild`: every derived value again, from the recorded samples alone."""

from __future__ import annotations

import argparse
import math
from dataclasses import asdict, dataclass

from app.output import CommandError, add_common_options, print_json, say
from app.store import RunRow, Store, StoreError, diary_path
from app.store.forgetting import coarsened
from edge.summary import RunSummary, summarise


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did to one run: the names of the values that changed, and the segments it could not read."""

    id: str
    changed: tuple[str, ...]
    problems: tuple[str, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz rebuild`."""
    add_common_options(parser)
    parser.epilog = "Open runs are left alone: they get their summary when they are finished."


def run(args: argparse.Namespace) -> int:
    """Compute every summary again and report what changed."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            weight_kg = store.profile().weight_kg
            coarse = coarsened(store)
            rows = [row for row in store.runs() if row.state == "finished" and row.run_id not in coarse]
            done = [rebuilt(store, row, weight_kg) for row in rows]
    except StoreError as error:
        raise CommandError(str(error)) from error
    if args.json:
        print_json({"runs": done})
        return 0
    for one in done:
        if one.changed:
            print(f"{one.id}: {', '.join(one.changed)} changed")
        for problem in one.problems:
            say(f"{one.id}: {problem}")
    if coarse:
        say(f"{len(coarse)} runs keep their values: nothing is reckoned from positions that were made coarse")
    print(f"{len(done)} runs computed again, {sum(1 for one in done if one.changed)} of them changed")
    return 0


def rebuilt(store: Store, row: RunRow, weight_kg: float) -> Rebuilt:
    """Compute one run's summary again, store it where it differs, and return what changed."""
    samples, problems = store.samples(row.run_id)
    summary = summarise(samples, row.sport, store.pauses(row.run_id), weight_kg)
    changed = changes(row.summary, summary)
    if changed:
        store.replace_summary(row.run_id, summary)
    return Rebuilt(row.run_id, changed, problems)


def changes(before: RunSummary | None, after: RunSummary) -> tuple[str, ...]:
    """Return the names of the values that differ; NaN equals NaN, and no summary before differs as a whole."""
    if before is None:
        return ("summary",)
    old, new = asdict(before), asdict(after)
    return tuple(name for name in new if not _same(old[name], new[name]))


def _same(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key]) for key in a)
    return a == b
