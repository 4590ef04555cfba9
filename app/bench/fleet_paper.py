"""A million runners, reckoned on paper from what was measured: machines, bandwidth, money, time, and what breaks first.

The rule of this file: every assumption is a named constant; nothing here was run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.bench.figures import Figure

RUNNERS = 1_000_000
#: A round is asked within a day, four times a year.
ROUND_S, ROUNDS = 86_400.0, 4
#: What a rented core costs in an hour and a gigabyte sent out, in euros (list prices of common clouds, rounded up).
CORE_H_EUR, GB_EUR = 0.05, 0.09
#: TLS, HTTP and Flower's envelopes around the content, as the loopback fleet's count beside the content's suggests.
ENVELOPE_TIMES = 1.5


@dataclass(frozen=True, slots=True)
class Measured:
    """For each person and masked round: server ms, bytes, messages; and its ms in each second for an idle node."""

    server_ms: float
    bytes_down: float
    bytes_up: float
    messages: float
    idle_ms_per_s: float


def on_paper(one: Measured) -> list[Figure]:
    """Return what a million runners would take, if all else were as measured."""
    note = "on paper, from the figures above; nobody ran it"
    busy_h = RUNNERS * one.server_ms / 3.6e6
    gigabytes = RUNNERS * (one.bytes_down + one.bytes_up) * ENVELOPE_TIMES / 1e9
    idle_cores = RUNNERS * one.idle_ms_per_s / 1000.0
    holds = 1000.0 / max(one.idle_ms_per_s, 1e-9)
    machines = math.ceil(RUNNERS / holds)
    year_eur = ROUNDS * (busy_h * CORE_H_EUR + gigabytes * GB_EUR)
    waiting_eur = ROUNDS * idle_cores * (ROUND_S / 3600.0) * CORE_H_EUR
    return [
        Figure("a million: adding up, server cores for an hour", busy_h, "core h", note=note),
        Figure("a million: sent in a round", gigabytes, "GB", note=f"{note}; {ENVELOPE_TIMES:g} times the content"),
        Figure("a million: bandwidth of a round in a day", gigabytes * 8e3 / ROUND_S, "Mbit/s", note=note),
        Figure("a million: idle nodes that one server holds (one core)", holds, note=f"{note}; breaks first"),
        Figure("a million: servers, one SuperLink each", float(machines), note="SuperLink is one Python process"),
        Figure("a million: adding up and sending in a year", year_eur, "EUR", note=f"{note}; four rounds"),
        Figure("a million: waiting nodes in a year", waiting_eur, "EUR", note=f"{note}; online for a day each round"),
        Figure(
            "a million: a round with one server for every 10,000 asked at once",
            _round_s(one),
            "s",
            note="the server's time for 10,000 people, one core; a timeout of 60 s comes on top where devices leave",
        ),
    ]


def _round_s(one: Measured) -> float:
    return 10_000.0 * one.server_ms / 1000.0
