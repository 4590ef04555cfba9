"""The device's side on Flower: it adds its share of the noise, masks, and refuses what would show its numbers.

The rule of this file: the device decides; a round that asks for less noise, another clip or a smaller cohort than the
device's own rule is answered with an error and nothing else. Without a mask the device adds all of the noise itself.
"""

from __future__ import annotations

from typing import Any

from flwr.app import Context, Message
from flwr.client.mod import secaggplus_mod
from flwr.clientapp import ClientApp
from flwr.common import Code, FitRes, Status, ndarrays_to_parameters
from flwr.common.secure_aggregation.secaggplus_constants import RECORD_KEY_CONFIGS, RECORD_KEY_STATE, Key, Stage
from flwr.compat.common import recorddict_compat as compat

from models.fleet import layout
from models.fleet.cohorts import Rule, shares
from models.fleet.layout import LEAST_COHORT, least_of
from models.fleet.offers import Offer, offer_of


class RefusedError(Exception):
    """The round asks for more than this device gives; nothing left it."""


def _asked(message: Message) -> dict[str, Any]:
    record = compat.recorddict_to_fitins(message.content, True).config
    return {name: record[name] for name in ("clip_norm", "noise_multiplier")}


def _check(own: Rule, asked: dict[str, Any]) -> None:
    clip_norm, noise = float(asked["clip_norm"]), float(asked["noise_multiplier"])
    if clip_norm != own.clip_norm:
        raise RefusedError(f"asked for numbers clipped to {clip_norm:g}, this device's are to {own.clip_norm:g}")
    if not noise >= own.noise_multiplier:
        raise RefusedError(
            f"asked for noise {noise:g} times a person, this device adds {own.noise_multiplier:g} at least"
        )


def _check_setup(configs: dict[str, Any]) -> None:
    size, threshold = int(configs[Key.SAMPLE_NUMBER]), int(configs[Key.THRESHOLD])
    if size < LEAST_COHORT or threshold < shares(size)[1]:
        raise RefusedError(f"asked into a cohort of {size} of which {threshold} could unmask one")


def _people_masked_with(context: Context) -> int:
    """Return how many must answer to the end for this device's noise; 1 where it is not masked at all."""
    state = context.state.config_records.get(RECORD_KEY_STATE)
    return least_of(int(state["sample_num"])) if state is not None and "sample_num" in state else 1


def answer(message: Message, context: Context, offer: Offer) -> Message:
    """Return the reply of one device: its arrays with its share of the noise; masked by the mod that called."""
    asked = _asked(message)
    _check(offer.rule, asked)
    masked = RECORD_KEY_CONFIGS in message.content.config_records
    sd = layout.share_sd(float(asked["noise_multiplier"]), _people_masked_with(context) if masked else 1)
    arrays = layout.noised(layout.placed(offer.numbers / offer.rule.clip_norm, offer.groups), sd)
    reply = FitRes(Status(Code.OK, ""), ndarrays_to_parameters([arrays]), 1, {})
    return Message(compat.fitres_to_recorddict(reply, False), reply_to=message)


def masked_where_asked(message: Message, context: Context, call_next: Any) -> Message:
    """The mod: SecAgg+ where the round asks for it; a setup that would hide nobody is refused."""
    configs = message.content.config_records.get(RECORD_KEY_CONFIGS)
    if configs is None:
        return call_next(message, context)
    if configs.get(Key.STAGE) == Stage.SETUP:
        _check_setup(dict(configs))
    is_last = configs.get(Key.STAGE) == Stage.UNMASK
    reply = secaggplus_mod(message, context, call_next)
    if is_last:
        del context.state.config_records[RECORD_KEY_STATE]  # keys and shares outlive no round
    return reply


def client_app(run: dict[str, Any] | None = None) -> ClientApp:
    """Return the ClientApp; whose numbers it tells stands in the node's configuration, in simulations also in `run`."""
    app = ClientApp(mods=[masked_where_asked])

    def train(message: Message, context: Context) -> Message:
        return answer(message, context, offer_of(dict(context.node_config), run if run is not None else {}))

    app.train()(train)
    return app
