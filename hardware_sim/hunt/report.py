"""A failure as a pytest that anybody can run, and the way back: replaying a schedule against a command.

The rule of this file: the written test needs only this package and the program; it fails while the program is wrong
and passes once it is mended.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

from hardware_sim.hunt.profile import learn
from hardware_sim.hunt.search import Found, described, observe
from hardware_sim.hunt.trial import Anchor, Event, Plan
from hardware_sim.hunt.verdicts import Verdict, judge
from hardware_sim.scenarios import scenario as scenario_of

_TEMPLATE = '''"""Found by `{tool} hunt`: {verdict}

Schedule: {schedule}.
Run it with pytest; it passes once the program is mended.
"""

from hardware_sim.faults import {kinds}
from hardware_sim.hunt import {names}

COMMAND = {command}


def test_{name}() -> None:
    events = (
{events}
    )
    verdict = replay(COMMAND, events, scenario={scenario}, seed={seed}, seconds={seconds:g})
    assert verdict is None, str(verdict)
'''


def as_pytest(found: Found, tool: str = "kadenz-sim") -> str:
    """Return the text of a pytest that replays a failure."""
    plan = found.plan
    return _TEMPLATE.format(
        tool=tool,
        verdict=_quoted(str(found.verdict)),
        schedule=described(plan.events),
        kinds=", ".join(sorted({type(event.fault).__name__ for event in plan.events})),
        command="[" + ", ".join(_literal(word) for word in plan.command) + "]",
        names=", ".join(["Anchor"] * any(event.anchor is Anchor.START for event in plan.events) + ["Event", "replay"]),
        name=_name(found),
        events="\n".join(f"        {_code(event)}," for event in plan.events),
        scenario=_literal(plan.scenario.name),
        seed=plan.seed,
        seconds=plan.seconds,
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', "'''")


def _name(found: Found) -> str:
    words = [type(event.fault).__name__ for event in found.plan.events]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", "_and_".join(dict.fromkeys(words))).lower() + "_does_not_break_it"


def _code(event: Event) -> str:
    fields = ", ".join(f"{f.name}={_literal(getattr(event.fault, f.name))}" for f in dataclasses.fields(event.fault))
    anchor = f", Anchor.{event.anchor.name}" if event.anchor is not Anchor.DATA else ""
    return f"Event({type(event.fault).__name__}({fields}){anchor})"


def _literal(value: object) -> str:
    """Return a value as Python source, texts in double quotes."""
    if isinstance(value, str):
        return json.dumps(value)
    return 'float("inf")' if value == math.inf else repr(value)


def write_pytest(found: Found, path: Path, tool: str = "kadenz-sim") -> None:
    """Write a failure as a pytest to a file."""
    path.write_text(as_pytest(found, tool), encoding="utf-8")


def replay(
    command: Sequence[str],
    events: Sequence[Event],
    *,
    scenario: str = "default",
    seed: int = 1,
    seconds: float = 15.0,
    baselines: int = 2,
) -> Verdict | None:
    """Return what is wrong with a program under a schedule, None where nothing is; ValueError where it cannot run.

    The program is run undisturbed first, as in the hunt, so that it is measured against itself as it is now.
    """

    async def both() -> Verdict | None:
        base = Plan(tuple(command), scenario_of(scenario), seed, seconds=seconds)
        plans = [dataclasses.replace(base, seed=seed + k) for k in range(baselines)]
        profile = learn(await asyncio.gather(*(observe(plan) for plan in plans)))
        if not profile.wanted:
            raise ValueError(f"the program subscribes to nothing on the virtual radio: {' '.join(command)}")
        trial = await observe(dataclasses.replace(base, events=tuple(events), wanted=profile.wanted), profile)
        return judge(trial, profile)

    return asyncio.run(both())
