"""Every stored decision of simulated lives is computed again, and one changed stored value is always found out.

python tests/programs/coach/replay.py [LIVES] [--days 730] [--every 1] [--keep FILE] [--check FILE]

Lives alternate between both physiologies. In each a decision is made every morning and stored as `kadenz today` does;
then all are replayed. In some of them one value of every kind in the stored inputs and in the document is changed by
the least that can be (the next float, one letter, one more), and the replay must notice. `--keep` writes the
rows to a file that `--check` replays, perhaps under another Python.
"""

from __future__ import annotations

import copy
import json
import math
import platform
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

import numpy as np
from programs.coach.books import Progress, Report, Result, diary, life_of, options

from app.coach import bundled_predictor, decide_today, replays
from app.store import DecisionRow

MORNING_S = 7 * 3600.0
DAY_S = 86400.0
#: In one decision of so many each kind of value is changed.
CHANGED_EVERY = 90


@dataclass(slots=True)
class Books:
    """What was decided, what did not replay, and which changes were noticed."""

    decisions: int = 0
    broken: list[str] = field(default_factory=list)
    noticed: Counter[str] = field(default_factory=Counter)
    unnoticed: Counter[str] = field(default_factory=Counter)
    kept: list[DecisionRow] = field(default_factory=list)


def rows_of(world: str, seed: int, number: int, days: int, every: int) -> Iterator[DecisionRow]:
    """Yield the stored decisions of a life, one a morning of each `every`-th day."""
    predictor = bundled_predictor()
    life = life_of(world, seed, number, days)
    with diary(life) as store:
        for column in range(0, days, every):
            now_s = (life.days.start_day + column) * DAY_S + MORNING_S
            decision_id, _ = decide_today(store, now_s, None, predictor, 0.0, ("en", "de")[number % 2])
            yield store.decision(decision_id)


def changed(value: object, rng: np.random.Generator) -> Iterator[tuple[str, object]]:
    """Yield (kind of place, document) for one least change of each kind of place in a JSON value."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for path, where in _leaves(value, ()):
        found.setdefault(path, []).append(where)
    for path, places in sorted(found.items()):
        where = places[int(rng.integers(len(places)))]
        other = copy.deepcopy(value)
        holder = other
        for key in where[:-1]:
            holder = holder[key]  # type: ignore[index]
        holder[where[-1]] = _least(holder[where[-1]])  # type: ignore[index]
        yield path, other


def _leaves(value: object, where: tuple[object, ...]) -> Iterator[tuple[str, tuple[object, ...]]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*where, key))
    elif isinstance(value, list) and value:
        yield ".".join("[]" if isinstance(k, int) else str(k) for k in where) + " (one fewer)", where
        for at, inner in enumerate(value):
            yield from _leaves(inner, (*where, at))
    else:
        yield ".".join("[]" if isinstance(k, int) else str(k) for k in where), where


def _least(value: object) -> object:
    """Return the nearest other value of its kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return math.nextafter(value, math.inf)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, list):
        return value[:-1] if value else [None]
    return 1.0


def try_changes(row: DecisionRow, rng: np.random.Generator, books: Books) -> None:
    """Change one value of each kind in turn and write into the books whether the replay noticed."""
    for path, other in changed(json.loads(row.inputs), rng):
        text = json.dumps(other, ensure_ascii=False, separators=(",", ":"))
        _judge(f"inputs.{path}", replace(row, inputs=text), row, books)
    for path, other in changed(json.loads(row.document), rng):
        text = json.dumps(other, ensure_ascii=False, sort_keys=True)
        _judge(f"document.{path}", replace(row, document=text), row, books)
    _judge("made_unix_s", replace(row, made_unix_s=row.made_unix_s + 1.0), row, books)


def _judge(path: str, other: DecisionRow, row: DecisionRow, books: Books) -> None:
    if other == row:
        return
    try:
        noticed = not replays(other)
    except Exception as problem:  # a replay that fails instead of saying no is a breach too
        books.broken.append(f"{path}: the replay raised {problem!r}")
        noticed = True
    (books.noticed if noticed else books.unnoticed)[path] += 1


def run(lives: int, days: int, every: int, seed: int, keep: bool = False, changed_every: int = CHANGED_EVERY) -> Books:
    """Return the books of so many lives."""
    a_life = -(-days // every)
    books, progress, changed_every = Books(), Progress(lives * a_life), min(changed_every, a_life)
    for number in range(lives):
        world = ("first", "second")[number % 2]
        for at, row in enumerate(rows_of(world, seed, number, days, every)):
            books.decisions += 1
            name = f"world {world} seed {seed} person {number} day {at * every} decision {row.decision_id}"
            if not replays(row):
                books.broken.append(f"{name}: computed again it is not the same")
            if at % changed_every == changed_every - 1:
                try_changes(row, np.random.default_rng((seed, number, at)), books)
            if keep:
                books.kept.append(row)
            progress.at(books.decisions)
    return books


def report_of(books: Books, lives: int, days: int, seed: int) -> Report:
    """Return the report of the books."""
    missed = sum(books.unnoticed.values())
    tried = sum(books.noticed.values()) + missed
    kinds = len(set(books.noticed) | set(books.unnoticed))
    same = 1.0 - len(books.broken) / max(books.decisions, 1)
    figures = (
        Result("decisions that replay bit for bit", 100.0 * same, "%", at_least=100.0, note=f"{books.decisions}"),
        Result("changed stored values that went unnoticed", missed if tried else math.nan, "", 0.0, note=f"of {tried}"),
        Result("kinds of stored values changed", kinds),
    )
    unnoticed = tuple(f"unnoticed: {path} ({count} times)" for path, count in books.unnoticed.most_common())
    about = (
        f"simulated: {lives} lives of {days} days, both physiologies, seed {seed}, Python {platform.python_version()}"
    )
    return Report(about, figures, (*books.broken, *unnoticed))


def check(file: Path) -> Report:
    """Replay the rows of a file."""
    rows = [DecisionRow(*json.loads(line)) for line in file.read_text().splitlines()]
    broken = tuple(f"decision {row.decision_id}: not the same here" for row in rows if not replays(row))
    share = 100.0 * (1.0 - len(broken) / max(len(rows), 1))
    about = f"{len(rows)} stored decisions of {file.name}, replayed under Python {platform.python_version()}"
    return Report(about, (Result("decisions that replay bit for bit", share, "%", at_least=100.0),), broken)


def main() -> int:
    """Run the program of the command line."""
    parser = options(__doc__ or "", "lives (default 4)", 4)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--every", type=int, default=1, help="a decision on each so-many-th day")
    parser.add_argument("--keep", type=Path, metavar="FILE")
    parser.add_argument("--check", type=Path, metavar="FILE")
    args = parser.parse_args()
    if args.check:
        return check(args.check).end(args.json)
    books = run(args.size, args.days, args.every, args.seed, args.keep is not None)
    if args.keep:
        lines = (json.dumps([r.decision_id, r.made_unix_s, r.document, r.inputs]) for r in books.kept)
        args.keep.write_text("\n".join(lines))
    return report_of(books, args.size, args.days, args.seed).end(args.json)


if __name__ == "__main__":
    sys.exit(main())
