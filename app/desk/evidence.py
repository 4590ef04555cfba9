"""What the evidence of reasons names, in words: the runs by day and distance, the sentences as they were said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import isfinite

from app.store import Store
from app.views.evidence import sentence_number
from app.views.words import Words
from edge.coach.types import Reason, RunFact


def named(reasons: Iterable[Reason], facts: Iterable[RunFact], store: Store, words: Words) -> dict[str, str]:
    """Return the words for the runs and sentences that reasons rest on."""
    wanted = {one for reason in reasons for one in reason.evidence}
    known = {f.run_id: run_words(f, words) for f in facts if f.run_id in wanted}
    numbers = {sentence_number(one): one for one in wanted} if any(map(sentence_number, wanted)) else {}
    for row in store.sentences() if numbers else ():
        if row.number in numbers:
            day = words.date(datetime.fromtimestamp(row.said_unix_s, UTC).date())
            known[numbers[row.number]] = words("You said on {day}: “{text}”", day=day, text=row.text)
    return known


def run_words(fact: RunFact, words: Words) -> str:
    """Return a run as evidence: its day, distance and time."""
    offset_s = fact.utc_offset_s if fact.utc_offset_s is not None and isfinite(fact.utc_offset_s) else 0.0
    day = datetime.fromtimestamp(fact.start_unix_s + offset_s, UTC).date()
    distance, time = words.distance(fact.distance_m).text, words.clock(fact.moving_s)
    return words("Run on {day}: {distance} in {time}", day=words.date(day), distance=distance, time=time)
