"""Trackers with services of their own: what their documentation says has to be done before they send.

The rule of this file: one function to set up and one to end for each maker's service; what cannot be started is left
out as long as something starts. Sources: docs/p8.md and those of the wire formats.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from device.link_errors import LinkError, LinkReason
from device.link_recipe import Recipe, Setup, notify, sense
from device.link_talk import Talk
from device.wire import bangle, infinitime, movesense, p8, polar, polar_control, thingy
from device.wire.errors import WireError
from device.wire.polar_control import ControlAnswer, Operation, PmdStatus
from device.wire.polar_frame import PmdType
from device.wire.profiles import short_uuid

_log = logging.getLogger(__name__)
Said = TypeVar("Said")
Value = TypeVar("Value")

# ── the open tracker ───────────────────────────────────────────────────────────────────────────────────────────

#: Stream -> wanted spacing in us: 52 Hz motion is enough for cadence, 10 Hz for field and air.
_P8_SPACING_US = {
    p8.MOTION: 19_230,
    p8.ACCELERATION: 19_230,
    p8.MAGNETIC: 100_000,
    p8.PRESSURE: 100_000,
    p8.POSITION: 0,
}


async def _open_tracker(talk: Talk, setup: Setup) -> None:
    control, data = talk.need(p8.SERVICE, p8.CONTROL), talk.need(p8.SERVICE, p8.DATA)
    features = _read(p8.parse_features, await talk.read(talk.need(p8.SERVICE, p8.FEATURES)))
    await talk.subscribe(control)
    await talk.subscribe(data)
    clock = talk.find(p8.SERVICE, p8.TIME)
    if clock is not None:
        await talk.write(clock, p8.encode_time(talk.wall_unix_s()))
    offers = {offer.stream: offer for offer in features.streams}
    if p8.MOTION in offers:
        offers.pop(p8.ACCELERATION, None)
    for offer in offers.values():
        wanted_us = _P8_SPACING_US.get(offer.stream)
        if wanted_us is not None:
            spacing_us = max(wanted_us, offer.fastest_us) if wanted_us else 0
            spacing_us = min(spacing_us, offer.slowest_us or spacing_us)
            rows = min(offer.most_rows, round(1e6 / spacing_us)) if spacing_us else 0  # about a packet a second
            request = p8.encode_start(offer.stream, spacing_us, rows)
            answers = await talk.ask(control, request, _answers_start(offer.stream))
            if _read(p8.parse_response, answers[0]).status is p8.ControlStatus.OK:
                setup.steady.add(data.uuid)
            else:
                setup.refused[f"open tracker stream {offer.stream}"] = LinkReason.REFUSED
    if data.uuid not in setup.steady:
        raise LinkError(LinkReason.REFUSED, "no stream of the open tracker started")


def _answers_start(stream: int) -> Callable[[bytes], bool]:
    return lambda value: len(value) >= 3 and value[0] == 0x80 | p8.START and value[1] == stream


async def _open_tracker_ends(talk: Talk, setup: Setup) -> None:
    await talk.write(talk.need(p8.SERVICE, p8.CONTROL), p8.encode_stop())


# ── Polar: the measurement service (PMD) ────────────────────────────────────────────────────────────────────────

#: Type -> wanted rate in Hz. The first service that brings the same stream makes the type superfluous.
_PMD_RATE_HZ = {PmdType.ACC: 52.0, PmdType.GYRO: 52.0, PmdType.MAG: 20.0, PmdType.PRESSURE: 10.0}
_PMD_UNLESS = {PmdType.PPI: "180D", PmdType.LOCATION: "1819"}


async def _polar(talk: Talk, setup: Setup) -> None:
    control, data = talk.need(polar.SERVICE, polar.CONTROL), talk.need(polar.SERVICE, polar.DATA)
    has = _read(polar_control.parse_features, await talk.read(control))
    await talk.subscribe(control)
    await talk.subscribe(data)
    wanted = [kind for kind in _PMD_RATE_HZ if kind in has]
    wanted += [kind for kind, service in _PMD_UNLESS.items() if kind in has and service not in talk.services]
    for kind in wanted:
        if await _pmd_started(talk, kind):
            setup.steady.add(data.uuid)
            setup.started.setdefault(polar.SERVICE, []).append(kind)
    if data.uuid not in setup.steady:
        raise LinkError(LinkReason.REFUSED, "no stream of the measurement service started")


async def _pmd_started(talk: Talk, kind: PmdType) -> bool:
    """Start one type with the settings nearest to those wanted; False where the sensor does not."""
    settings = polar_control.Settings()
    if kind in _PMD_RATE_HZ:
        offer = await _pmd(talk, kind, polar_control.encode_get_settings(kind))
        if offer.status is not PmdStatus.SUCCESS:
            return False
        settings = polar_control.choose(
            _read(polar_control.parse_settings, offer.parameters), rate_hz=_PMD_RATE_HZ[kind]
        )
    start = polar_control.encode_start(kind, settings)
    answer = await _pmd(talk, kind, start)
    if answer.status is PmdStatus.ALREADY_IN_STATE:
        await _pmd(talk, kind, polar_control.encode_stop(kind))
        answer = await _pmd(talk, kind, start)
    _log.debug("measurement %s: %s", kind.name, answer.status.name)
    return answer.status is PmdStatus.SUCCESS


async def _pmd(talk: Talk, kind: PmdType, request: bytes) -> ControlAnswer:
    """Return the whole answer to a request; a start is told to whoever reads the stream, who needs its rate."""
    control = talk.need(polar.SERVICE, polar.CONTROL)
    if request[0] == Operation.START:
        talk.tell(control, request)

    def answers(value: bytes) -> bool:
        return len(value) >= 4 and value[0] == 0xF0 and value[1:3] == request[:2]

    parts = await talk.ask(control, request, answers, more=lambda value: len(value) > 4 and value[4] != 0)
    found = tuple(_read(polar_control.parse_control, part) for part in parts)
    return _read(polar_control.join, tuple(part for part in found if isinstance(part, ControlAnswer)))


async def _polar_ends(talk: Talk, setup: Setup) -> None:
    for kind in setup.started.get(polar.SERVICE, ()):
        await talk.write(talk.need(polar.SERVICE, polar.CONTROL), polar_control.encode_stop(PmdType(kind)))


def _read(parse: Callable[[Said], Value], said: Said) -> Value:
    """Return what an answer says; LinkError where the tracker answers with something else."""
    try:
        return parse(said)
    except WireError as problem:
        raise LinkError(LinkReason.REFUSED, str(problem)) from problem


# ── Nordic Thingy:52, Movesense, InfiniTime, Bangle.js ──────────────────────────────────────────────────────────

_THINGY_MOTION = thingy.MotionConfig(1000, 1000, 100, 50, False)
_THINGY_AIR = thingy.EnvironmentConfig(5000, 500, 30_000, 60_000, 3, (0, 0, 0))


async def _thingy_motion(talk: Talk, setup: Setup) -> None:
    config = talk.need(thingy.MOTION_SERVICE, thingy.MOTION_CONFIG)
    await talk.write(config, thingy.encode_motion_config(_THINGY_MOTION))
    await notify(thingy.MOTION_SERVICE, thingy.RAW)(talk, setup)


async def _thingy_air(talk: Talk, setup: Setup) -> None:
    config = talk.find(thingy.ENVIRONMENT_SERVICE, thingy.ENVIRONMENT_CONFIG)
    if config is not None:
        await talk.write(config, thingy.encode_environment_config(_THINGY_AIR))
    await notify(thingy.ENVIRONMENT_SERVICE, thingy.PRESSURE)(talk, setup)
    await sense(thingy.ENVIRONMENT_SERVICE, {thingy.TEMPERATURE: 60.0, thingy.HUMIDITY: 60.0})(talk, setup)


#: Reference of our choice -> path.
_MOVESENSE = {1: "/Meas/IMU9/52", 2: "/Meas/HR"}


async def _movesense(talk: Talk, setup: Setup) -> None:
    write, data = (talk.need(movesense.SERVICE, uuid) for uuid in (movesense.WRITE, movesense.NOTIFY))
    await talk.subscribe(data)
    for reference, path in _MOVESENSE.items():
        if path.endswith("/HR") and "180D" in talk.services:
            continue
        command = movesense.encode_subscribe(reference, path)
        talk.tell(write, command)
        answers = await talk.ask(data, command, _answers_reference(reference), on=write)
        if _read(movesense.parse_notification, answers[0]).status() in (200, 201):
            setup.steady.add(data.uuid)
            setup.started.setdefault(movesense.SERVICE, []).append(reference)
    if data.uuid not in setup.steady:
        raise LinkError(LinkReason.REFUSED, "no subscription of the sensor data service")


def _answers_reference(reference: int) -> Callable[[bytes], bool]:
    return lambda value: len(value) >= 4 and value[0] == movesense.ANSWER and value[1] == reference


async def _movesense_ends(talk: Talk, setup: Setup) -> None:
    for reference in setup.started.get(movesense.SERVICE, ()):
        command = movesense.encode_unsubscribe(reference)
        await talk.write(talk.need(movesense.SERVICE, movesense.WRITE), command)


MAKERS: tuple[Recipe, ...] = (
    Recipe("open tracker", short_uuid(p8.SERVICE), _open_tracker, _open_tracker_ends),
    Recipe("Polar motion", polar.SERVICE, _polar, _polar_ends),
    Recipe("Thingy:52 motion", thingy.MOTION_SERVICE, _thingy_motion),
    Recipe("Thingy:52 environment", thingy.ENVIRONMENT_SERVICE, _thingy_air),
    Recipe("Movesense", movesense.SERVICE, _movesense, _movesense_ends),
    Recipe("InfiniTime motion", infinitime.SERVICE, notify(infinitime.SERVICE, infinitime.MOTION)),
    Recipe("Bangle.js motion", bangle.ACCELERATION_SERVICE, notify(bangle.ACCELERATION_SERVICE, bangle.ACCELERATION)),
)
