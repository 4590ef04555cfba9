"""`python -m models.train race`: train the race model again from the survey, and write its card.

The rule of this file: one thread, so that sums are always taken in the same order.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

MODELS = Path(__file__).parents[1]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def default_data() -> Path:
    """Return the folder of real recordings: KADENZ_DATA, else ../shared/data beside the project."""
    return Path(os.environ.get("KADENZ_DATA", MODELS.parents[1] / "shared" / "data"))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the training command."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description="Train a shipped model again.")
    models = parser.add_subparsers(dest="model", metavar="MODEL", required=True)
    race = models.add_parser("race", help="the race-time model", description="Train the race-time model.")
    race.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="the folder of real recordings")
    race.add_argument("--out", type=Path, default=MODELS / "race.onnx", metavar="FILE", help="the model file to write")
    race.add_argument(
        "--report", action="store_true", help="also judge it on held-out runners and write CARD.md beside it (minutes)"
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write the files and print their hashes."""
    args = build_parser().parse_args(argv)
    for name in _THREADS:
        os.environ[name] = "1"
    from models.train.race_training import train

    try:
        trained = train(args.data)
    except FileNotFoundError as problem:
        print(f"python -m models.train: {problem.filename} is not there; see --data", file=sys.stderr)
        return 1
    args.out.write_bytes(trained.model)
    print(f"{args.out}: {len(trained.model)} bytes, sha256 {hashlib.sha256(trained.model).hexdigest()}")
    if args.report:
        from models.train.race_card import card

        path = args.out.with_name("CARD.md")
        path.write_text(card(trained, args.data))
        print(f"{path}: written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
