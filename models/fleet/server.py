"""The server's side on Flower: cut the fleet into cohorts, add each up, trim, and write what the groups have in common.

The rule of this file: the server keeps no answer; what it writes is a mean over cohorts, and how the rounds went.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from flwr.app import Context, RecordDict
from flwr.serverapp import Grid, ServerApp

from models.fleet import layout
from models.fleet.cohorts import Rule, cut, noise_sd
from models.fleet.layout import CohortSum, Merged
from models.fleet.secure import masked_sum, open_sums
from models.sharing.blur import DEVICE_NOISE_SD

_POLL_S = 0.5
#: Cohorts that are asked at once.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class RoundTold:
    """How one round went."""

    round: int
    nodes: int
    answered: int
    cohorts: int
    lost_cohorts: int
    unbelievable_cohorts: int
    duration_s: float


def _present(grid: Grid, least_nodes: int, wait_s: float) -> list[int]:
    """Return the nodes that are there, once there are enough or after the wait."""
    end = time.monotonic() + wait_s
    nodes = sorted(grid.get_node_ids())
    while len(nodes) < least_nodes and time.monotonic() < end:
        time.sleep(_POLL_S)
        nodes = sorted(grid.get_node_ids())
    return nodes


def _sums(grid: Grid, context: Context, cohorts: list[list[int]], rule: Rule, number: int) -> list[list[CohortSum]]:
    """Return each cohort's sums; several cohorts are asked at once, so that one that waits holds up few others."""

    def one(nodes: list[int]) -> list[CohortSum]:
        if not rule.is_secure:
            return open_sums(grid, nodes, rule, number)
        own = Context(context.run_id, context.node_id, context.node_config, RecordDict(), context.run_config)
        found = masked_sum(grid, own, nodes, rule, number)
        return [found] if found else []

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(one, cohorts))


def one_round(
    grid: Grid, context: Context, nodes: list[int], rule: Rule, number: int, rng: np.random.Generator
) -> tuple[Merged | None, RoundTold]:
    """Return what a round told and how it went; None where no cohort could be added up and believed."""
    begun = time.monotonic()
    cohorts = cut(nodes, rule.cohort, rng)
    told = _sums(grid, context, cohorts, rule, number)
    sums = [one for part in told for one in part]
    sd = noise_sd(rule, min((layout.least_of(len(one)) for one in cohorts), default=1))
    try:
        merged = layout.merged(sums, sd, rule.trim, DEVICE_NOISE_SD / rule.clip_norm)
    except ValueError:
        merged = None
    dropped = merged.dropped if merged else len(sums)
    lost = sum(not part for part in told)
    answered = sum(one.people for one in sums)
    went = RoundTold(number, len(nodes), answered, len(cohorts), lost, dropped, time.monotonic() - begun)
    return merged, went


def together(rounds: list[Merged]) -> Merged:
    """Return the rounds as one: their noise is independent, so the mean is the better for it."""
    counts = np.mean([one.counts for one in rounds], axis=0)
    heads = np.stack([np.maximum(one.counts, 1.0) for one in rounds])
    totals = np.mean([one.numbers * head[:, None] for one, head in zip(rounds, heads, strict=True)], axis=0)
    people = round(sum(one.people for one in rounds) / len(rounds))
    sd = float(np.mean([one.count_sd for one in rounds]) / np.sqrt(len(rounds)))
    return Merged(people, counts, totals / np.maximum(counts, 1.0)[:, None], sd, sum(one.dropped for one in rounds))


def write_result(path: Path, merged: Merged | None, rounds: list[RoundTold], rule: Rule) -> None:
    """Write the result of a run, whole or not at all."""
    document: dict[str, Any] = {"rule": asdict(rule), "rounds": [asdict(one) for one in rounds], "merged": None}
    if merged is not None:
        document["merged"] = {
            "people": merged.people,
            "counts": merged.counts.tolist(),
            "numbers": merged.numbers.tolist(),
            "count_sd": merged.count_sd,
            "dropped": merged.dropped,
        }
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(document))
    beside.replace(path)


def read_result(path: Path) -> tuple[Merged | None, list[RoundTold], Rule]:
    """Return what `write_result` wrote."""
    document = json.loads(path.read_text())
    kept = document["merged"]
    merged = None
    if kept:
        merged = Merged(**{**kept, "counts": np.array(kept["counts"]), "numbers": np.array(kept["numbers"])})
    return merged, [RoundTold(**one) for one in document["rounds"]], Rule(**document["rule"])


def rule_of(run: dict[str, Any]) -> Rule:
    """Return the rule of a run's configuration."""
    return Rule(
        cohort=int(run["cohort"]),
        clip_norm=float(run["clip_norm"]),
        noise_multiplier=float(run["noise_multiplier"]),
        trim=float(run["trim"]),
        is_secure=bool(run["is_secure"]),
        timeout_s=float(run["timeout_s"]),
    )


def serve(grid: Grid, context: Context, run: dict[str, Any]) -> None:
    """Run all rounds of a configuration and write their result."""
    rule, found, went = rule_of(run), [], []
    rng = np.random.default_rng()
    for number in range(1, int(run["rounds"]) + 1):
        nodes = _present(grid, int(run["least_nodes"]), float(run["wait_s"]))
        merged, told = one_round(grid, context, nodes, rule, number, rng)
        went.append(told)
        found += [merged] if merged else []
        write_result(Path(str(run["result"])), together(found) if found else None, went, rule)


def server_app(run: dict[str, Any] | None = None) -> ServerApp:
    """Return the ServerApp; its configuration is the run's own where none is given."""
    app = ServerApp()

    def main(grid: Grid, context: Context) -> None:
        serve(grid, context, run if run is not None else dict(context.run_config))

    app.main()(main)
    return app
