"""What is wrong with what a program did: each verdict a rule over one trial, measured against the undisturbed ones.

The rule of this file: a verdict rests on what the air saw and what the program printed, never on its source. A
program that says in other words that data are missing is right; one that goes on as if nothing happened is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hardware_sim.hunt.profile import Form, Profile, deliveries, form, numbers
from hardware_sim.hunt.trial import RECOVERY_S, Observation, Printed

STALE_S = 3.5
"""A value shown this long in s after the last data is stale."""
_SETTLED_S = 4.0
_STORM, _STORM_WITHIN_S = 8, 3.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that is wrong: the rule's name and what was seen."""

    rule: str
    seen: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.seen}"


def judge(trial: Observation, profile: Profile) -> Verdict | None:
    """Return the first thing that is wrong with a trial, None where nothing is."""
    for rule in _RULES:
        for verdict in rule(trial, profile):
            return verdict
    return None


def _crash(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    for place, line in enumerate(trial.complaints):
        if line.startswith("Traceback (most recent call last)") and form(line) not in profile.complaints:
            after = [text for text in trial.complaints[place + 1 :] if text and not text.startswith(" ")]
            yield Verdict("crash", f"an exception that nobody caught: {after[0] if after else 'see standard error'}")
    if trial.exit_code < 0 and not trial.killed and trial.exit_code not in profile.exit_codes:
        yield Verdict("crash", f"ended by signal {-trial.exit_code}")


def _ended(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    if trial.ended_alone and profile.runs_on:
        yield Verdict("ended", f"ended by itself with exit code {trial.exit_code}; undisturbed it runs on")


def _stuck(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    if trial.killed and profile.ends_when_asked:
        yield Verdict("stuck", "did not end within 4 s when interrupted")


def _settled(trial: Observation) -> bool:
    """Return whether enough time has passed since the last fault for everything to be as before."""
    return not trial.ended_alone and trial.end_s - trial.quiet_from_s >= RECOVERY_S


def _not_back(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    if not _settled(trial):
        return
    for tracker, uuid in sorted(profile.wanted - trial.left_subscribed):
        yield Verdict(
            "not-back",
            f"{tracker} could be reached for {trial.end_s - trial.quiet_from_s:.0f} s, "
            f"yet nobody is subscribed to {uuid[4:8] if uuid.startswith('0000') else uuid}",
        )


def _deaf(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    since_s = trial.end_s - _SETTLED_S
    heard = [line for line in deliveries(trial.air) if line.t_s >= since_s]
    shown = [line for line in _live(trial, profile) if line.t_s >= since_s]
    if _settled(trial) and len(heard) >= 3 and not shown and any(f.live for f in profile.forms.values()):
        yield Verdict("deaf", f"{len(heard)} notifications arrived in the last {_SETTLED_S:.0f} s and none was shown")


def _live(trial: Observation, profile: Profile) -> list[Printed]:
    return [line for line in trial.printed if (f := profile.forms.get(form(line.text))) is not None and f.live]


def _stale(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    """Yield a verdict where lines go on as before, with a number unchanged, while nothing has come for long."""
    arrivals = [line.t_s for line in deliveries(trial.air)] or [trial.anchor_s]
    for last_s, next_s in zip(arrivals, [*arrivals[1:], trial.end_s], strict=True):
        if next_s - last_s < STALE_S + 1.0:
            continue
        before = [line for line in _live(trial, profile) if line.t_s <= last_s + 1.0]
        after = [line for line in _live(trial, profile) if last_s + STALE_S <= line.t_s < next_s]
        kept = [line for line in after if before and _same_number(before[-1], line, profile)]
        if len(kept) >= 2:
            late_s = kept[-1].t_s - last_s
            yield Verdict("stale", f"{kept[-1].text!r} was printed {late_s:.1f} s after the last data")


def _same_number(before: Printed, after: Printed, profile: Profile) -> bool:
    if form(before.text) != form(after.text):
        return False
    slots = profile.forms[form(after.text)].slots
    pairs = zip(slots, numbers(before.text), numbers(after.text), strict=False)
    return any(not slot.constant and one == two for slot, one, two in pairs)


def _doubled(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    received = len(deliveries(trial.air))
    for text, known in profile.forms.items():
        lines = [line for line in trial.printed if form(line.text) == text]
        if known.per_notification and len(lines) > received + 2:
            yield Verdict("doubled", f"{len(lines)} lines like {lines[-1].text!r} for {received} notifications")
        lasted_s = lines[-1].t_s - lines[0].t_s if lines else 0.0
        for slot, value in zip(known.slots, numbers(lines[-1].text) if lines else (), strict=False):
            # where a notification comes every second, a number of seconds looks like a count: it is let be
            if slot.counts and received + 2 < value <= 2 * received + 2 and abs(value - lasted_s) > 2.0:
                yield Verdict("doubled", f"{lines[-1].text!r} counts more than the {received} notifications received")


def _impossible(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    for line, known in _known(trial, profile):
        for slot, value in zip(known.slots, numbers(line.text), strict=False):
            room = max(3.0 * (slot.high - slot.low), 8.0)
            low, high = slot.low - max(room, 0.7 * abs(slot.low)), slot.high + max(room, 2.0 * abs(slot.high))
            if not low <= value <= high:
                usual = f"{slot.low:g} to {slot.high:g}"
                yield Verdict("impossible", f"{line.text!r} shows {value:g}; undisturbed it is {usual}")


def _known(trial: Observation, profile: Profile) -> Iterator[tuple[Printed, Form]]:
    for line in trial.printed:
        known = profile.forms.get(form(line.text))
        if known is not None:
            yield line, known


def _backwards(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    last: dict[tuple[str, int], tuple[float, Printed]] = {}
    for line, known in _known(trial, profile):
        for place, (slot, value) in enumerate(zip(known.slots, numbers(line.text), strict=False)):
            before = last.get((known.text, place))
            if slot.rises and before is not None and value < before[0]:
                yield Verdict("backwards", f"{line.text!r} came after {before[1].text!r}")
            last[known.text, place] = (value, line)


def _storm(trial: Observation, profile: Profile) -> Iterator[Verdict]:
    tries = [line.t_s for line in trial.air if line.what == "connecting"]
    for first, last in zip(tries, tries[_STORM:], strict=False):
        if last - first <= _STORM_WITHIN_S:
            yield Verdict("storm", f"more than {_STORM} attempts to connect within {_STORM_WITHIN_S:.0f} s")


_RULES: tuple[Callable[[Observation, Profile], Iterator[Verdict]], ...] = (
    _crash,
    _ended,
    _storm,
    _doubled,
    _backwards,
    _impossible,
    _stale,
    _not_back,
    _deaf,
    _stuck,
)
