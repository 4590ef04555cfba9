"""Contributions and shared priors as text that a person can read, and back: plain JSON with a checksum.

The rule of this file: the same value is the same bytes; what is damaged, of something else, newer or absurd is refused
with the reason, and nothing of it is used.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from typing import TypeAlias

from models.person_forward import STATE
from models.sharing.contribution import NAMES, Contribution
from models.sharing.exchange import SharingError
from models.sharing.merge import MOST_SHIFT, least_people
from models.sharing.shared import GroupShift, SharedPrior
from models.sharing.situation import Situation, is_group

Json: TypeAlias = dict[str, object]
FORMAT = 1
CONTRIBUTION, SHARED = "contribution to a shared prior", "shared prior"
MOST_BYTES = 1 << 20
#: A clipped and noised number lies within the clip and so many standard deviations of noise.
_SIGMAS = 6.0
_SCATTER = (0.5, 2.0)


def contribution_text(told: Contribution) -> str:
    """Return a contribution as the text of its file."""
    numbers = dict(zip(NAMES, told.numbers, strict=True))
    page = {"situation": dataclasses.asdict(told.situation), "numbers": numbers, "base": told.base,
            "clip_norm": told.clip_norm, "noise_sd": told.noise_sd}  # fmt: skip
    return _sealed(CONTRIBUTION, page)


def shared_text(prior: SharedPrior) -> str:
    """Return a shared prior as the text of its file."""
    groups = [{"group": one.group, "people": one.people, "shift": dict(zip(STATE, one.shift, strict=True)),
               "scatter": one.scatter} for one in prior.groups]  # fmt: skip
    return _sealed(SHARED, {"base": prior.base, "people": prior.people, "groups": groups})


def contribution_from(text: str) -> Contribution:
    """Return the contribution of a file's text; SharingError with the reason where it cannot be one."""
    page = _opened(CONTRIBUTION, text, ("situation", "numbers", "base", "clip_norm", "noise_sd"))
    try:
        numbers, words = _table(page["numbers"], NAMES), _words(page["situation"])
        told = Contribution(Situation(**words), numbers, str(page["base"]),
                            _number(page["clip_norm"]), _number(page["noise_sd"]))  # fmt: skip
    except (TypeError, ValueError) as problem:
        raise SharingError(f"absurd: {problem}") from problem
    most = told.clip_norm + _SIGMAS * told.noise_sd
    if not math.isfinite(most) or max(map(abs, told.numbers)) > most:
        raise SharingError(f"absurd: a number beyond {most:g}, which clipping and noise do not leave")
    return told


def shared_from(text: str) -> SharedPrior:
    """Return the shared prior of a file's text; SharingError with the reason where it cannot be one."""
    page = _opened(SHARED, text, ("base", "people", "groups"))
    rows = page["groups"]
    try:
        if not isinstance(rows, list):
            raise ValueError("groups that are no list")
        found = SharedPrior(str(page["base"]), _count(page["people"]), tuple(_group(row) for row in rows))
        if len({one.group for one in found.groups}) != len(found.groups):
            raise ValueError("one group twice")
    except (TypeError, ValueError) as problem:
        raise SharingError(f"absurd: {problem}") from problem
    return found


def _group(row: object) -> GroupShift:
    if not isinstance(row, dict) or set(row) != {"group", "people", "shift", "scatter"}:
        raise ValueError("a group with other fields than group, people, shift and scatter")
    name, people = row["group"], _count(row["people"])
    if not isinstance(name, str) or not is_group(name):
        raise ValueError(f"{str(name)[:40]!r} is no group")
    if people < least_people(name) // 10 * 10:
        raise ValueError(f"a group of {people} people, fewer than {least_people(name)}")
    shift, scatter = _table(row["shift"], STATE), _number(row["scatter"])
    if max(map(abs, shift)) > MOST_SHIFT:
        raise ValueError(f"a shift of {max(shift, key=abs):g} spreads, more than {MOST_SHIFT:g}")
    if not _SCATTER[0] <= scatter <= _SCATTER[1]:
        raise ValueError(f"a scatter of {scatter:g} times the usual")
    return GroupShift(name, people, shift, scatter)


def _table(value: object, names: tuple[str, ...]) -> tuple[float, ...]:
    """Return the numbers under exactly these names; ValueError for another name: nothing else may travel along."""
    if not isinstance(value, dict) or set(value) != set(names):
        extra = sorted(set(value) - set(names)) if isinstance(value, dict) else []
        raise ValueError(f"a field called {extra[0][:40]!r}" if extra else "numbers are missing")
    return tuple(_number(value[name]) for name in names)


def _words(value: object) -> dict[str, str]:
    names = {field.name for field in dataclasses.fields(Situation)}
    if not isinstance(value, dict) or set(value) != names:
        raise ValueError("a situation of other words than level, age, goal, injury and home")
    return {name: str(word) for name, word in value.items()}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{str(value)[:40]!r} is no number")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10**9:
        raise ValueError(f"{str(value)[:40]!r} is no number of people")
    return value


def checksum(page: Json) -> str:
    """Return the SHA-256 of a page without its checksum, in one spelling."""
    rest = {name: value for name, value in page.items() if name != "checksum"}
    spelled = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(spelled.encode()).hexdigest()


def _sealed(kind: str, page: Json) -> str:
    whole: Json = {"kadenz": kind, "format": FORMAT, **page}
    return json.dumps({**whole, "checksum": checksum(whole)}, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _opened(kind: str, text: str, fields: tuple[str, ...]) -> Json:
    """Return the page of a text of a kind; SharingError says foreign, newer or damaged."""
    try:
        page = json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise SharingError("foreign or damaged: this is no JSON") from None
    if not isinstance(page, dict) or page.get("kadenz") != kind:
        raise SharingError(f"foreign: this is no {kind} of Kadenz{_rather(page)}")
    version = page.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise SharingError(f"newer: format {version}, this Kadenz knows {FORMAT}; update Kadenz to use it")
    if page.get("checksum") != checksum(page):
        raise SharingError("damaged: its content is not what its checksum says")
    if version != FORMAT or set(page) != {"kadenz", "format", "checksum", *fields}:
        raise SharingError("absurd: fields are missing, or there are some that do not belong")
    return page


def _rather(page: object) -> str:
    """Return what a page of the other kind is for; nothing where it is of neither."""
    kind = page.get("kadenz") if isinstance(page, dict) else None
    if kind == CONTRIBUTION:
        return "; it is one person's contribution, and `kadenz prior merge` makes a shared prior of several"
    return "; it is a shared prior, and `kadenz prior use` takes it" if kind == SHARED else ""


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is no number")
