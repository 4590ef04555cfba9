"""Score the grammar on the labelled sentences: `python tests/programs/talk/score.py [--half A|B] [--strangers A|..|I]`.

Right: understood or not as labelled, and the set of constraints equal, in all fields (strict) or in kind, area, side
and severity, and the minutes of a time (core). A missed warning: a red_flag labelled and none found. An unsafe
relaxation: an override request labelled and not heard, or a pain, warning, illness or red_s labelled beside it that is
gone or lower. `--strangers A|B|C` reads the strangers' sentences, whose situation is a free word: there the core counts
(two warning signs alike in it are one), and the values apart from it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

from talk_sentences import Labelled, Stranger, core, sentences, strangers, strict  # noqa: E402

from edge.coach.said import Constraint  # noqa: E402
from edge.talk import understand  # noqa: E402

_TIGHT = frozenset({"pain", "red_flag", "illness", "red_s"})


def unsafe(labelled: Labelled | Stranger, got: tuple[Constraint, ...]) -> bool:
    """Return whether a request to set a rule aside was not heard, or took something away."""
    if not any(c.kind == "override_request" for c in labelled.constraints):
        return False
    heard = any(c.kind == "override_request" for c in got)
    wanted = [c for c in labelled.constraints if c.kind in _TIGHT]
    kept = all(any(g.kind == w.kind and not g.severity < w.severity for g in got) for w in wanted)
    return not (heard and kept) or any(g.kind == "pain_resolved" for g in got)


def score(listed: list[Labelled], errors: bool = False) -> dict[str, object]:
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    missed = relaxed = invented = 0
    for one in listed:
        got = understand(one.text)
        whole = got.understood == one.understood and strict(got.constraints) == strict(one.constraints)
        near = got.understood == one.understood and core(got.constraints) == core(one.constraints)
        for key in ("all", f"language {one.language}", f"topic {one.topic}"):
            count[key] += 1
            right[key] += whole
            right[f"{key} (core)"] += near
        for kind in {c.kind for c in one.constraints}:
            count[f"kind {kind}"] += 1
            right[f"kind {kind}"] += strict([c for c in got.constraints if c.kind == kind]) == strict(
                [c for c in one.constraints if c.kind == kind]
            )
        warned = {"red_flag"} <= {c.kind for c in got.constraints}
        due = {"red_flag"} <= {c.kind for c in one.constraints}
        missed, invented, relaxed = (
            missed + (due and not warned),
            invented + (warned and not due),
            relaxed + unsafe(one, got.constraints),
        )
        if errors and not whole:
            told = "; ".join(
                f"{c.kind} {c.area} {c.side} {c.severity:g} @{c.situation} ={c.value:g}" for c in got.constraints
            )
            print(f"{'~' if near else 'X'} {one.family}: {one.text}\n    got {told or '-'} {got.understood}")
    shares = {key: round(100.0 * right[key] / n, 1) for key, n in count.items()}
    cores = {
        f"{key} (core)": round(100.0 * right[f"{key} (core)"] / n, 1) for key, n in count.items() if key[0] in "al"
    }
    return {
        "sentences": len(listed),
        "right_percent": {**shares, **cores},
        "warnings_missed": missed,
        "warnings_invented": invented,
        "unsafe_relaxations": relaxed,
    }


def score_strangers(listed: list[Stranger], errors: bool = False) -> dict[str, object]:
    """Return the shares of strangers' sentences right in the core, in their kinds and in their values, percent."""
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    missed: list[str] = []
    invented: list[str] = []
    relaxed: list[str] = []
    for one in listed:
        got = understand(one.text).constraints
        near = one.is_met(got)
        kinds = {c.kind for c in got}, {c.kind for c in one.constraints}
        for key in ("core", f"core {one.language}", "kinds", "values"):
            count[key] += key != "values" or near
        right["core"] += near
        right[f"core {one.language}"] += near
        right["kinds"] += kinds[0] == kinds[1]
        right["values"] += near and _values(got) == _values(one.constraints)
        for kind in kinds[1] or {"none"}:
            count[f"kind {kind}"] += 1
            mine = core([c for c in got if kind in {c.kind, "none"}])
            right[f"kind {kind}"] += set(mine) == set(core([c for c in one.constraints if c.kind == kind]))
        accepted = kinds[1].union(*({c.kind for c in other} for other in one.also))
        missed += [one.text] if one.warns() and "red_flag" not in kinds[0] else []
        invented += [one.text] if "red_flag" in kinds[0] - accepted else []
        answers = [replace(one, constraints=right) for right in (one.constraints, *one.also)]
        relaxed += [one.text] if all(unsafe(right, got) for right in answers) else []
        if errors and not near:
            told = "; ".join(f"{c.kind} {c.area} {c.side} {c.severity:g} @{c.situation} ={c.value:g}" for c in got)
            due = "; ".join(f"{c.kind} {c.area} {c.side} {c.severity:g} ={c.value:g}" for c in one.constraints)
            print(f"{one.person}: {one.text}\n    got {told or '-'}\n    due {due or '-'}")
    return {
        "sentences": len(listed),
        "right_percent": {key: round(100.0 * right[key] / n, 1) for key, n in count.items() if n},
        "warnings_missed": len(missed),
        "warnings_invented": len(invented),
        "unsafe_relaxations": len(relaxed),
    }


def _values(constraints: Sequence[Constraint]) -> list[str]:
    return sorted(f"{c.kind} {c.value:.1f}" for c in constraints if c.kind not in {"pain", "illness", "fatigue"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["A", "B"], action="append", help="only this half")
    parser.add_argument("--strangers", choices=list("ABCDEFGHI"), action="append", help="strangers' sentences instead")
    parser.add_argument("--errors", action="store_true", help="print what is wrong (never for half B while building)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args()
    if args.strangers:
        shares = {which: score_strangers(strangers(which), args.errors) for which in args.strangers}
        print(json.dumps(shares, indent=1))
        return 0
    listed = sentences()
    found = {half: score([s for s in listed if s.half == half], args.errors) for half in args.half or ("A", "B")}
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
