"""`kadenz prior`: what would be shared, by whose consent, files of it, and the shared prior in use."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from app import sharing
from app.language import add_language_option, language_for
from app.output import CommandError, add_common_options, print_json, say
from app.sharing_text import consent_lines, log_lines, outgoing_lines, use_lines
from app.store import Store, StoreError, diary_path
from edge.coach import phrases
from models.model_file import ModelError
from models.person import spread_of
from models.sharing.exchange import PURPOSES, SharingError
from models.sharing.files import FileExchange, alike, contributions, write_text
from models.sharing.merge import FEWEST, LEAST_PEOPLE, merged
from models.sharing.prior_text import contribution_text, shared_text
from models.sharing.shared import SharedPrior

_WAYS = {
    "status": (0, "how consent stands, its log, and which prior is in use"),
    "show": (0, "exactly what would leave this device, in words and as the file holds it"),
    "consent": (2, "PURPOSE on|off: allow or forbid sharing by file or by fleet (off until you say so)"),
    "export": (1, "FILE: write what `show` shows, to hand it on yourself"),
    "merge": (1, "DIR -o FILE: make a shared prior of the contributions in a folder"),
    "use": (1, "FILE: expect of you what people like you shared; `use --undo` goes back to the bundled prior"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz prior`."""
    ways = "; ".join(f"{name} {text}" if name != "status" else f"{name}: {text}" for name, (_, text) in _WAYS.items())
    parser.add_argument("what", nargs="?", default="status", choices=tuple(_WAYS), help=ways)
    parser.add_argument("operands", nargs="*", metavar="FILE|DIR|PURPOSE on|off", help="what the word before needs")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="with merge: the file to write")
    parser.add_argument("--undo", action="store_true", help="with use: back to the bundled prior")
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = (
        "Nothing leaves by itself, and nothing at all without consent. What leaves is at most one file a year of six "
        "blurred numbers and five words. How good it is, and how private: docs/fleet.md."
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked, then show it."""
    wanted = 0 if args.what == "use" and args.undo else _WAYS[args.what][0]
    if len(args.operands) != wanted or (args.what == "merge") != (args.out is not None):
        say(f"kadenz prior {args.what}: {_WAYS[args.what][1]}")
        return 2
    if args.what == "consent" and (args.operands[0] not in PURPOSES or args.operands[1] not in ("on", "off")):
        say(f"kadenz prior consent: the purpose is one of {', '.join(PURPOSES)}, then on or off")
        return 2
    try:
        if args.what == "merge":
            args.lang = language_for(args.lang)
            return _merge(args)
        with Store(diary_path(args.db), create=args.what in ("consent", "use")) as store:
            args.lang = language_for(args.lang, store)
            return _DOES[args.what](store, args, time.time())
    except (SharingError, StoreError, ModelError) as problem:
        raise CommandError(str(problem)) from problem


def _told(args: argparse.Namespace, document: dict[str, object], lines: list[str]) -> int:
    if args.json:
        print_json(document)
    else:
        print("\n".join(lines))
    return 0


def _status(store: Store, args: argparse.Namespace, now_unix_s: float) -> int:
    log, kept, by = sharing.log_of(store), sharing.in_use(store), sharing.shift_in_use(store)
    spread = spread_of().tolist()
    lines = [*consent_lines(log, args.lang), *log_lines(log, args.lang), *use_lines(by, kept, spread, args.lang)]
    consents = {one: sharing.consented_unix_s(log, one) for one in PURPOSES}
    return _told(args, {"consents_since_unix_s": consents, "log": log, "in_use": by}, lines)


def _show(store: Store, args: argparse.Namespace, now_unix_s: float) -> int:
    told = sharing.outgoing(store, now_unix_s)
    kept, text = sharing.outgoing_of(store), contribution_text(told)
    if args.json or kept is None:
        return _told(args, {"contribution": told, "file": text}, [text])
    lines = outgoing_lines(told, kept, spread_of().tolist(), args.lang)
    if not any(sharing.consented_unix_s(sharing.log_of(store), one) > 0.0 for one in PURPOSES):
        text_of_consent = "Nothing leaves this device unless you consent: `kadenz prior consent file on`."
        lines.append(phrases.say(args.lang, text_of_consent))
    print("\n".join([*lines, "", phrases.say(args.lang, "The file holds exactly this:"), text]), end="")
    return 0


def _consent(store: Store, args: argparse.Namespace, now_unix_s: float) -> int:
    sharing.consent(store, args.operands[0], args.operands[1] == "on", now_unix_s)
    return _status(store, args, now_unix_s)


def _export(store: Store, args: argparse.Namespace, now_unix_s: float) -> int:
    path = Path(args.operands[0])
    told = sharing.offer(store, FileExchange(path, path), now_unix_s)
    line = phrases.say(
        args.lang, "Written: {name:word}. Hand it to whoever merges; only you can do that.", name=str(path)
    )
    return _told(args, {"file": str(path), "contribution": told}, [line])


def _use(store: Store, args: argparse.Namespace, now_unix_s: float) -> int:
    if args.undo:
        if not sharing.leave(store, now_unix_s):
            raise SharingError("the bundled prior is in use already")
        return _told(args, {"in_use": None}, [phrases.say(args.lang, "Back to the bundled prior.")])
    by = sharing.use(store, Path(args.operands[0]), now_unix_s)
    lines = use_lines(by, sharing.in_use(store), spread_of().tolist(), args.lang)
    return _told(args, {"in_use": by}, lines)


def _merge(args: argparse.Namespace) -> int:
    told, left_out = contributions(Path(args.operands[0]))
    same = alike(told)
    if len(same) < len(told):
        left_out.append(f"{len(told) - len(same)} made over another bundled prior, or blurred in another way")
    for line in left_out:
        say(f"kadenz prior merge: left out: {line}")
    once = list(dict.fromkeys(same))
    if len(once) < FEWEST:
        raise SharingError(f"{len(once)} contributions are too few to merge; it takes {FEWEST}")
    if len(once) < LEAST_PEOPLE:
        say(f"kadenz prior merge: {len(once)} people are few: the noise that protects them leaves next to nothing")
    prior = merged(once)
    write_text(args.out, shared_text(prior))
    return _told(args, _merge_document(args, prior, len(once), left_out), [_merge_line(args, prior, len(once))])


def _merge_line(args: argparse.Namespace, prior: SharedPrior, count: int) -> str:
    text = "{count:count} contributions merged, {groups:count} groups told of: {name:word}"
    if len(prior.groups) == 1:
        text = "{count:count} contributions merged, one group told of, everybody: {name:word}"
    return phrases.say(args.lang, text, count=count, groups=len(prior.groups), name=str(args.out))


def _merge_document(args: argparse.Namespace, prior: SharedPrior, count: int, left_out: list[str]) -> dict[str, object]:
    return {"file": str(args.out), "merged": count, "left_out": left_out, "prior": prior}


_DOES = {"status": _status, "show": _show, "consent": _consent, "export": _export, "use": _use}
