"""`kadenz choose on|off|status|forget`: whether Kadenz may learn which of the safe sessions to show first."""

from __future__ import annotations

import argparse
import math
import time
from datetime import date, timedelta

from app import choosing
from app.cards.history import memory_of
from app.choosing import Choosing, choosing_of
from app.coach import facts_of
from app.coach_text import console
from app.language import add_language_option, date_words, language_for
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.choosing import DONE, MOVED
from edge.coach.columns import local_offset
from edge.coach.phrases import say

_EPOCH = date(1970, 1, 1)
_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz choose`."""
    parser.add_argument("what", nargs="?", default="status", choices=("on", "off", "status", "forget"))
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = (
        "Only among runs that the rules allow, on easy days, once a week at most. Off gives the rule's order, and no "
        "limits from patterns of pain. All of it stays in your diary, on this device."
    )


def run(args: argparse.Namespace) -> int:
    """Switch or forget, then show what was chosen and what came of it."""
    now_unix_s = time.time()
    try:
        with Store(diary_path(args.db), create=False) as store:
            if args.what in ("on", "off"):
                choosing.switch(store, args.what == "on", now_unix_s)
            elif args.what == "forget":
                choosing.forget(store, now_unix_s)
            kept, facts = choosing_of(store), facts_of(store)
            reading, language = memory_of(store), language_for(args.lang, store)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    rewards = choosing.rewards(kept, facts, int((now_unix_s + local_offset(facts)) // 86400))
    opened = sum(one.outcome == "opened" for one in reading.shown)
    if args.json:
        print_json({**document(kept, rewards), "reading_counts": reading.reading_counts, "opened": opened})
    else:
        _tell(kept, rewards, reading.reading_counts, opened, language)
    return 0


def document(kept: Choosing, rewards: list[float]) -> dict[str, object]:
    """Return the switch and the choices as `--json` prints them, newest first."""
    rows = [
        {
            "day": str(_EPOCH + timedelta(days=one.day)),
            "shown_first": one.picked.name,
            "options": list(one.picked.options),
            "propensity": one.picked.propensity,
            "reward": reward,
        }
        for one, reward in zip(kept.log, rewards, strict=True)
    ]
    return {"on": kept.on, "choices": rows[::-1]}


def _tell(kept: Choosing, rewards: list[float], reading_counts: bool, opened: int, language: str) -> None:
    out = console()
    state = "Choosing is on; {count:count} choices so far."
    if not kept.on:
        state = "Choosing is off: the rule order stands; {count:count} choices so far."
    out.print(say(language, state, count=len(kept.log)))
    for one, reward in list(zip(kept.log, rewards, strict=True))[-_SHOWN:]:
        day, shown = date_words(language, str(_EPOCH + timedelta(days=one.day))), one.picked
        chance = say(language, "chance {chance:word} %", chance=f"{100.0 * shown.propensity:3.0f}")
        out.print(f"{day}  {say(language, shown.name):<8} {chance}  {say(language, _came(reward))}")
    counts = "Opening a card counts" if reading_counts else "Opening a card does not count"
    told = say(language, "{counts:word} ({opened:count} opened;", counts=say(language, counts), opened=opened)
    out.print(f"[dim]{told} `kadenz cards --reading on|off`).[/dim]")


def _came(reward: float) -> str:
    if math.isnan(reward):
        return "still open"
    return "done" if reward == DONE else "moved" if reward == MOVED else "not done"
