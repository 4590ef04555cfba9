"""How a fleet scales: what a device and a server spend on a person, Flower's engine, four real nodes; then on paper.

The rule of this file: what was measured and what is reckoned from it stand in figures of their own; simulated people.
"""

from __future__ import annotations

import dataclasses
import math
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.bench.figures import Figure, Say, Section
from app.bench.fleet_box import engine_figures
from app.bench.fleet_lies import missed
from app.bench.fleet_paper import Measured, on_paper
from app.fleet_people import Simulated, simulated
from models.fleet import layout, loopback, processes, quiet
from models.fleet.budget import DELTA, ROUNDS_A_YEAR, epsilon_of
from models.fleet.cohorts import Rule, noise_sd
from models.fleet.cost import Cost
from models.fleet.loopback import Place
from models.fleet.simulate import simulate
from models.fleet.told import doubt_sd
from models.sharing import NAMES, Contribution, SharingError, Situation
from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD

PEOPLE, QUICK_PEOPLE, ENGINE, QUICK_ENGINE = 200, 60, 400, 40
CROWD, QUICK_CROWD, SEEDS = 10_000, 2_000, 5
_IDLE_S = 25.0
_WAITS = "a fourth of what it spends while four wait, its own idling in it: at most so much; larger fleets were not run"
_HERE = Situation("regular", "35 to 49", "health", "none said", "below 1,000 m")


@dataclass(frozen=True, slots=True)
class Four:
    """A round of four nodes, real processes on loopback over TLS."""

    round_s: float
    bytes_per_node: float
    node_mb: float
    server_mb: float
    idle_server_ms_per_node_s: float


def _processor_s(place: Place, name: str) -> float:
    one = next(one for one in processes.recall(place.known) if one.name == name)
    spent = [process.cpu_times() for process in processes.family(one)]
    return float(sum(times.user + times.system for times in spent))


def _idle(place: Place) -> float:
    """Return the server's share of a core while nothing is asked."""
    before, begun = _processor_s(place, "server"), time.monotonic()
    time.sleep(_IDLE_S)
    return (_processor_s(place, "server") - before) / (time.monotonic() - begun)


def four(home: Path) -> Four:
    """Return what a round of four nodes took; nothing of them is left."""
    place, rule = Place(home / "fleet"), Rule(cohort=4, timeout_s=90.0)
    try:
        loopback.serve(place)
        for number in range(4):
            numbers = tuple([0.1] * len(NAMES))
            loopback.join(place, f"n{number}", Contribution(_HERE, numbers, "bench", CLIP_NORM, DEVICE_NOISE_SD), rule)
        run_id = loopback.begin_rounds(place, rule, 1, 4, 90.0)
        wire = loopback.wait_for(place, run_id, 900.0)
        went = loopback.document_of(place)["rounds"][0]
        if went["answered"] != 4:
            raise ValueError(f"only {went['answered']} of 4 nodes answered")
        rows = {one["name"]: one["memory_mb"] for one in loopback.status(place)}
        idle = _idle(place) / 4.0
        node_mb = float(np.mean([rows[f"n{number}"] for number in range(4)]))
        sent = (wire["bytes_sent"] + wire["bytes_received"]) / 4.0
        return Four(went["duration_s"], sent, node_mb, rows["server"], 1000.0 * idle)
    finally:
        loopback.stop(place)


def _inside_figures(name: str, one: Cost) -> list[Figure]:
    note = "simulated people, server and devices in one process, processor time, without an engine"
    return [
        Figure(f"{name}: a device's part of a round", one.device_ms, "ms", note=note),
        Figure(f"{name}: a server's part for each person", one.server_ms, "ms", note=note),
        Figure(f"{name}: sent to a person in a round", one.bytes_down / 1000.0, "kB", note="content, without TLS"),
        Figure(f"{name}: sent by a person in a round", one.bytes_up / 1000.0, "kB", note="content, without TLS"),
        Figure(f"{name}: messages for each person", one.messages),
    ]


def _engine_figures(people: Simulated, rule: Rule, messages: float) -> list[Figure]:
    return engine_figures(simulate(people.people, dataclasses.replace(rule, timeout_s=1200.0), 1), messages)


def _four_figures(one: Four) -> list[Figure]:
    note = "one SuperLink and four SuperNodes as processes on loopback, TLS, node keys"
    return [
        Figure("four nodes: a masked round", one.round_s, "s", note=f"{note}; each question begins a process"),
        Figure("four nodes: bytes for each node and round", one.bytes_per_node / 1000.0, "kB", note="as Flower counts"),
        Figure("four nodes: memory of a node", one.node_mb, "MB", note="three processes, shared pages counted in each"),
        Figure("four nodes: memory of the server", one.server_mb, "MB", note=note),
        Figure(
            "four nodes: the server's time for an idle node, at most",
            one.idle_server_ms_per_node_s,
            "ms in each s",
            note=_WAITS,
        ),
    ]


def _lies_figures(count: int) -> list[Figure]:
    people = simulated(count, np.random.default_rng(1))
    rules = {"cohorts of 20": Rule(20), "cohorts of 100": Rule(100), "cohorts of 100, not trimmed": Rule(100, trim=0.0)}
    kinds = {
        "nobody lies": (0.0, False),
        "10 % tell of runs that never were": (0.1, False),
        "5 in 10,000 with a program of their own": (0.0005, True),
        "1 % with a program of their own": (0.01, True),
    }
    note = f"{count} simulated people, {SEEDS} seeds; everybody's shift, before it is held to 1.5"
    figures = []
    for rule_name, rule in rules.items():
        for kind, (share, own) in kinds.items():
            value = float(np.mean([missed(people, rule, seed, share, own) for seed in range(SEEDS)]))
            figures.append(Figure(f"{rule_name}, {kind}: missed by", value, "spreads", note=note))
    return figures


def _crowd_figures(rule: Rule) -> list[Figure]:
    figures = []
    for count in (500, 10_000, 1_000_000):
        sd = noise_sd(rule, layout.least_of(rule.cohort)) * math.sqrt(count)
        for group, share in (("everybody", 1.0), ("a group of a tenth", 0.1)):
            value = doubt_sd(share * count, sd)
            name = f"{count:,} people in cohorts of {rule.cohort}: doubt of the mean of {group}"
            figures.append(Figure(name, value, "spreads", note="reckoned from the noise, one round"))
    return figures


_NOTES = (
    "Masks and trimming contradict each other: a server that sees sums alone cannot leave out a person. So it trims "
    "cohorts: small ones withstand liars better, large ones hide and tell better. Devices clip themselves; a "
    "program of one's own that does not, spoils its whole cohort, and one such person in a hundred spoils most "
    "cohorts of 100.",
    "The noise is drawn in shares by the devices, so that a sum carries all of it before the server sees it; the "
    "server is believed to ask whom it says it asks, and two thirds of a cohort to keep to the protocol.",
    "How: `kadenz fleet serve`; for each device `kadenz prior consent fleet on` and `kadenz fleet join`; then "
    "`kadenz fleet round -o FILE`, `kadenz prior use FILE`, `kadenz fleet stop`.",
    "Flower 1.41 restores a mask only of those who leave after their keys were shared; a cohort that loses somebody "
    "before is asked again without them.",
    "Not withstood: whoever reaches the server's port on this machine may admit nodes and start rounds (no keeper's "
    "password without Flower's own login); nodes run Kadenz's code and not the bundle that the server sends.",
    "In a box: Flower's simulation runtime (state, messages, ServerApp, ClientApp, SecAgg+ as they are) with three "
    "parts of our own in place of its. Questions are handed on in one look instead of one for each node: Flower's "
    "took 76 s of a processor each time round 10,000 nodes. Three processes and pipes answer, not Ray. Shares of "
    "keys are made and put together, to the same bytes, in whole numbers instead of bit by bit: 9.2 to 0.16 ms a "
    "device, 17 to 0.26 ms a person at the server (measured once, by hand); a fleet of real devices keeps Flower's "
    "own, and so do the device's and the server's part above. What is left in a box is mostly key agreement: 16 of "
    "P-384 for each device and round.",
    "Flower 1.41 stretches each mask from 32 bits of its key, by a generator that is not made for secrets "
    "(`pseudo_rand_gen`). Should masks fail, a person is left with the device's own blur, as with files: epsilon "
    "10.",
    "How to run what needs Flower: in an environment of its own, `pip install 'kadenz[fleet]' -c "
    "constraints-fleet.txt`, then `python -m pytest -n 0 tests/test_fleet_flower.py`; without Flower it is skipped, "
    "so the continuous tests do.",
)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Measure; ValueError where Flower is not installed."""
    if not quiet.is_installed():
        raise ValueError(quiet.INSTALL)
    rule = Rule()
    count, engine = (QUICK_PEOPLE, QUICK_ENGINE) if quick else (PEOPLE, ENGINE)
    with tempfile.TemporaryDirectory(prefix="kadenz-fleet-") as folder:
        home = Path(folder)
        quiet.silence(home)
        try:
            from models.fleet.inside import cost_of

            people = simulated(count, np.random.default_rng(1)).people
            masked, alone = (cost_of(people, one, home) for one in (rule, Rule(is_secure=False)))
            say("one process: done")
            figures = [*_inside_figures("masked", masked), *_inside_figures("open", alone)]
            figures += _engine_figures(simulated(engine, np.random.default_rng(2)), rule, masked.messages)
            say("Flower's simulation: done")
            nodes = None if quick else four(home)
        except SharingError as problem:
            raise ValueError(str(problem)) from problem
    if nodes is not None:
        say("four nodes: done")
        figures += _four_figures(nodes)
        found = Measured(
            masked.server_ms, masked.bytes_down, masked.bytes_up, masked.messages, nodes.idle_server_ms_per_node_s
        )
        figures += on_paper(found)
    figures += [*_lies_figures(QUICK_CROWD if quick else CROWD), *_crowd_figures(rule)]
    year = epsilon_of(rule.noise_multiplier, ROUNDS_A_YEAR)
    figures.append(Figure("epsilon of a person and year", year, at_most=2.0, note=f"4 rounds, delta {DELTA:g}, exact"))
    data = f"simulated people: {count} in one process, {engine} on Flower's simulation; four processes on loopback"
    return Section("fleet_scale", data, tuple(figures), notes=_NOTES)
