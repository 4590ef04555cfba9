"""At most one new personalised element a week: what may be new to a person today.

The rule of this file: pure functions of values. Safety rules never come through here. Questions are not elements.
"""

from __future__ import annotations

from collections.abc import Sequence

from edge.coach.own import Introduced, Own

EVERY_DAYS = 7
#: The personal heart-rate band, what follows this person's runs, and then a session never tried: in order of value.
HEART_BAND, RESPONSE, DISCOVERY = "heart-rate band", "own responses", "discovery"
_ELEMENTS = (HEART_BAND, RESPONSE, DISCOVERY)


def is_element(name: str) -> bool:
    """Return whether a name is that of a personalised element."""
    return name.startswith(_ELEMENTS)


def slot_is_open(introduced: Sequence[Introduced], today: int) -> bool:
    """Return whether nothing was new in the last seven local days, today included."""
    return not any(is_element(one.element) and today - EVERY_DAYS < one.day <= today for one in introduced)


def allowed(introduced: Sequence[Introduced], candidates: Sequence[str], today: int) -> tuple[str, ...]:
    """Return which candidates, in order of value, may be shown today: those known before, and at most one new one."""
    known = {one.element for one in introduced if one.day <= today}
    first = next((name for name in candidates if name not in known), "")
    new = first if slot_is_open(introduced, today) else ""
    return tuple(name for name in candidates if name in known or name == new)


def may_show(own: Own, name: str, today: int) -> bool:
    """Return whether the candidate of the highest value may be shown today."""
    return name in allowed(own.introduced, (name,), today)
