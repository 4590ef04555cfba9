"""One cohort added up on Flower: masked by SecAgg+, so that the server sees the sum alone; or one by one, in the open.

The rule of this file: a cohort that loses somebody at a moment when Flower's SecAgg+ cannot go on is asked again
without those who left; what still fails is left out, and the round goes on.
"""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from flwr.app import ConfigRecord, Context, Message
from flwr.app.message_type import MessageType
from flwr.common import FitIns, Parameters, bytes_to_ndarray, parameters_to_ndarrays
from flwr.common.secure_aggregation.secaggplus_constants import RECORD_KEY_CONFIGS, Key
from flwr.compat.common import recorddict_compat as compat
from flwr.server.compat.legacy_context import LegacyContext
from flwr.server.workflow.constant import MAIN_CONFIGS_RECORD, MAIN_PARAMS_RECORD
from flwr.server.workflow.constant import Key as WorkflowKey
from flwr.server.workflow.secure_aggregation import SecAggPlusWorkflow
from flwr.serverapp import Grid

from models.fleet import layout
from models.fleet.cohorts import Rule, shares
from models.fleet.layout import CohortSum, least_of
from models.sharing.blur import DEVICE_NOISE_SD

#: SecAgg+ asks four times: for keys, for shares of them, for masked numbers, for what removes the masks.
_STAGES_UNTIL_SHARED = 2
_ATTEMPTS = 3
_LOG = logging.getLogger(__name__)
_NOTHING = Parameters([], "numpy.ndarray")


class _Proxy:
    """The face of a node that the workflow asks for."""

    def __init__(self, node_id: int) -> None:
        self.node_id = node_id


class _Cohort:
    """The strategy and client manager of one cohort: who is asked, and the mean that came back."""

    def __init__(self, nodes: list[int], asked: dict[str, Any]) -> None:
        self.nodes, self.asked = nodes, asked
        self.people = 0
        self.mean: layout.Array | None = None

    def num_available(self) -> int:
        return len(self.nodes)

    def configure_fit(self, *_: object) -> list[tuple[_Proxy, FitIns]]:
        return [(_Proxy(node), FitIns(_NOTHING, self.asked)) for node in self.nodes]

    def aggregate_fit(self, _round: int, results: list[Any], _failures: list[Any]) -> tuple[None, dict[str, Any]]:
        self.people = len(results)
        self.mean = np.asarray(parameters_to_ndarrays(results[0][1].parameters)[0]).reshape(layout.SHAPE)
        return None, {}


class _LeftEarlyError(Exception):
    """Somebody left before their keys were shared: Flower's SecAgg+ cannot restore their masks, so it begins again."""


class _Watched:
    """A grid that remembers who was the first not to answer, or to answer with something else than what was asked."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._asked = 0
        self.silent: set[int] = set()

    def send_and_receive(self, messages: Any, *, timeout: float | None = None) -> list[Message]:
        sent = list(messages)
        replies = list(self._grid.send_and_receive(sent, timeout=timeout))
        good = [reply for reply in replies if not reply.has_error() and _is_in_form(reply)]
        missing = {one.metadata.dst_node_id for one in sent} - {one.metadata.src_node_id for one in good}
        self.silent = self.silent or missing
        self._asked += 1
        if missing and self._asked <= _STAGES_UNTIL_SHARED:
            raise _LeftEarlyError
        return good


def _is_in_form(reply: Message) -> bool:
    """Return whether a reply holds what its stage asks for; masked numbers must have the shape of everybody's."""
    configs = reply.content.config_records.get(RECORD_KEY_CONFIGS)
    if configs is None:
        return False
    if Key.MASKED_PARAMETERS not in configs:
        return True
    try:
        arrays = [bytes_to_ndarray(one) for one in configs[Key.MASKED_PARAMETERS]]
        compat.recorddict_to_fitres(reply.content, True)
    except (ValueError, TypeError, KeyError, EOFError, OSError):
        return False
    return len(arrays) == 2 and arrays[1].shape == layout.SHAPE and arrays[1].dtype.kind in "iu"


def _workflow(size: int, rule: Rule) -> SecAggPlusWorkflow:
    held, restoring = shares(size)
    range_ = 1.0 + 8.0 * (layout.share_sd(rule.noise_multiplier, least_of(size)) + DEVICE_NOISE_SD / rule.clip_norm)
    return SecAggPlusWorkflow(
        held, restoring, max_weight=1.0, clipping_range=range_, quantization_range=2**20, timeout=rule.timeout_s
    )


def _masked(grid: _Watched, context: Context, nodes: list[int], rule: Rule, round_: int) -> CohortSum | None:
    asked = {"clip_norm": rule.clip_norm, "noise_multiplier": rule.noise_multiplier}
    cohort = _Cohort(nodes, asked)
    legacy = LegacyContext(context, strategy=cohort, client_manager=cohort)
    legacy.state.config_records[MAIN_CONFIGS_RECORD] = ConfigRecord({WorkflowKey.CURRENT_ROUND: round_})
    legacy.state.array_records[MAIN_PARAMS_RECORD] = compat.parameters_to_arrayrecord(_NOTHING, False)
    try:
        _workflow(len(nodes), rule)(grid, legacy)
    except (_LeftEarlyError, ValueError, TypeError, KeyError, IndexError, ArithmeticError) as problem:
        _LOG.warning("a cohort of %d could not be added up (%s)", len(nodes), type(problem).__name__)
        return None
    if cohort.mean is None or cohort.people < least_of(len(nodes)):
        return None
    return CohortSum(cohort.people, cohort.mean * cohort.people)


def masked_sum(grid: Grid, context: Context, nodes: list[int], rule: Rule, round_: int) -> CohortSum | None:
    """Return the sum of a cohort, of which nothing else is seen; None where too few answered, even when asked again."""
    left = list(nodes)
    for _ in range(_ATTEMPTS):
        watched = _Watched(grid)
        found = _masked(watched, context, left, rule, round_)
        staying = [node for node in left if node not in watched.silent]
        if found is not None or len(staying) == len(left) or len(staying) < least_of(len(nodes)):
            return found
        left = staying
    return None


def open_sums(grid: Grid, nodes: list[int], rule: Rule, round_: int) -> list[CohortSum]:
    """Return each device's own arrays, which carry all of the noise themselves, as cohorts of one."""
    ins = FitIns(_NOTHING, {"clip_norm": rule.clip_norm, "noise_multiplier": rule.noise_multiplier})
    asked = [
        Message(compat.fitins_to_recorddict(ins, True), node, MessageType.TRAIN, group_id=str(round_)) for node in nodes
    ]
    replies = [one for one in grid.send_and_receive(asked, timeout=rule.timeout_s) if not one.has_error()]
    return [CohortSum(1, _arrays(one)) for one in replies]


def _arrays(reply: Message) -> layout.Array:
    parameters = compat.recorddict_to_fitres(reply.content, True).parameters
    return np.asarray(parameters_to_ndarrays(parameters)[0]).reshape(layout.SHAPE)
