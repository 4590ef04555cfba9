"""Reads a scenario from a TOML file; docs/simulator.md describes the format.

The rule of this file: every value is checked and every error names the file and the key, as in
`my.toml: tracker[1].model: no model named 'polar'`; nothing else of a scenario is decided here.
"""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from hardware_sim import faults
from hardware_sim.course import Course, loop, street
from hardware_sim.effort import Step
from hardware_sim.firmware.models import MODELS
from hardware_sim.link_model import LinkModel
from hardware_sim.runner import RALEIGH_RUNNER
from hardware_sim.scenario import Scenario, StartPlace, Tracker
from hardware_sim.trackers import SENDS
from hardware_sim.weather import Weather

Record = TypeVar("Record")
Value = TypeVar("Value")
PLACEMENTS = ("trunk", "wrist")
_COURSES: dict[str, Callable[..., Course]] = {"loop": loop, "street": street}


class ScenarioError(ValueError):
    """A scenario file says something that cannot be; the text names the file and the key."""


def read(path: Path, like: Callable[[str], Scenario]) -> Scenario:
    """Return the scenario of a TOML file; `like` gives the scenario that another is like, by name.

    ScenarioError naming file and key for whatever is missing, unknown or impossible.
    """
    try:
        with path.open("rb") as opened:
            values = tomllib.load(opened)
    except OSError as error:
        raise ScenarioError(f"{path}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: {error}") from None
    top = _Table(path.name, "", values)
    base = like(top.text("like")) if top.has("like") else None
    made = _scenario(top, path.stem, base)
    top.end()
    return made


def _scenario(top: _Table, stem: str, base: Scenario | None) -> Scenario:
    trackers = top.list_of("tracker", _tracker, base.trackers if base else None)
    runner = top.record("runner", base.runner if base else RALEIGH_RUNNER)
    made = Scenario(
        name=top.text("name", stem),
        description=top.text("description", ""),
        runner=runner,
        course=top.part("course", _course, base.course if base else None),
        plan=_plan(top, runner.easy_speed_m_s, base.plan if base else None),
        trackers=trackers,
        duration_s=top.number("duration_s", above=0.0),
        place=top.part("place", _place, base.place if base else None),
        weather=top.record("weather", base.weather if base else Weather()),
        days_there=top.number("days_there", base.days_there if base else 1000.0),
        indoor=top.truth("indoor", base.indoor if base else False),
        faults=top.list_of("fault", _fault, base.faults if base else ()),
        link=top.record("link", base.link if base else LinkModel()),
    )
    _check_names(top, made)
    return made


def _check_names(top: _Table, made: Scenario) -> None:
    names = [tracker.name for tracker in made.trackers]
    for place, name in enumerate(names):
        if name in names[:place]:
            raise top.wrong(f"tracker[{place}].name", f"{name!r} is there twice")
    for place, fault in enumerate(made.faults):
        named = getattr(fault, "tracker", "")
        if named and named not in names:
            raise top.wrong(f"fault[{place}].tracker", f"no tracker named {named!r}; there are: {', '.join(names)}")


def _course(table: _Table) -> Course:
    kind = table.choice("kind", tuple(_COURSES))
    name, lap_m = table.text("name", kind), table.number("lap_m", above=0.0)
    if kind == "street":
        return street(name, lap_m, table.number("rise_m"), table.number("bend_m", 12.0, above=0.0))
    return loop(name, lap_m, tuple(table.numbers("waves_m", ())), table.number("shape", 0.25))


def _place(table: _Table) -> StartPlace:
    start = table.moment("start")
    offset = start.utcoffset()
    return StartPlace(
        name=table.text("name"),
        latitude_deg=table.number("latitude_deg"),
        longitude_deg=table.number("longitude_deg"),
        altitude_m=table.number("altitude_m"),
        utc_offset_s=offset.total_seconds() if offset is not None else 0.0,
        start_unix_s=start.timestamp(),
    )


def _plan(top: _Table, easy_m_s: float, base: tuple[Step, ...] | None) -> tuple[Step, ...]:
    """Return the steps of the session; an entry is a step, or some steps and how often they are repeated."""

    def entry(table: _Table) -> tuple[Step, ...]:
        if table.has("steps"):
            often = table.whole("repeat", 1)
            return table.list_of("steps", step, None) * often
        return (step(table),)

    def step(table: _Table) -> Step:
        if table.has("duration_s") == table.has("distance_m"):
            raise table.wrong("", "a step has either duration_s or distance_m")
        return Step(
            table.number("speed_m_s", easy_m_s),
            duration_s=table.number("duration_s", math.nan, above=0.0),
            distance_m=table.number("distance_m", math.nan, above=0.0),
            effort=table.truth("effort", False),
        )

    entries = top.list_of("plan", entry, None if base is None else (base,))
    return tuple(one for steps in entries for one in steps)


def _tracker(table: _Table) -> Tracker:
    model = MODELS[table.choice("model", tuple(MODELS))]
    sends = tuple(table.texts("sends", model.sends))
    for sender in sends:
        if sender not in SENDS:
            raise table.wrong("sends", f"no tracker can send {sender!r}; known: {', '.join(SENDS)}")
    return Tracker(
        name=table.text("name"),
        sends=sends,
        placement=table.choice("placement", PLACEMENTS, model.placement),
        imu_hz=table.number("imu_hz", 52.0, above=0.0),
        clock_ppm=table.number("clock_ppm", 12.0),
        model=table.text("title", model.called or model.name),
        firmware=model.name,
        address=table.text("address", "").upper(),
        needs_bond=table.truth("needs_bond", False),
    )


def _fault(table: _Table) -> faults.Fault:
    kind = table.choice("kind", tuple(faults.FAULTS))
    known = {field.name: field.type for field in dataclasses.fields(faults.FAULTS[kind])}
    given: dict[str, object] = {"tracker": ""} if "tracker" in known else {}
    for name in table.names():
        if name == "kind":
            continue
        if name not in known:
            raise table.wrong(name, f"a fault {kind!r} has no such value; it has: {', '.join(known)}")
        given[name] = table.of_type(name, str(known[name]))
    try:
        made = faults.fault(kind, **given)
    except ValueError as error:
        raise table.wrong("", str(error)) from None
    if faults.ends_s(made) < faults.begins_s(made):
        raise table.wrong("to_s", "a fault cannot end before it begins")
    return made


class _Table:
    """One table of a file: hands out checked values and remembers which were asked for."""

    def __init__(self, file: str, key: str, values: object) -> None:
        self._file, self._key = file, key
        self._asked: set[str] = set()
        if not isinstance(values, dict):
            raise self.wrong("", "must be a table")
        self._values: dict[str, object] = values

    def wrong(self, name: str, what: str) -> ScenarioError:
        """Return the error that names this file and a key of this table."""
        place = ".".join(part for part in (self._key, name) if part)
        return ScenarioError(f"{self._file}: {place}: {what}" if place else f"{self._file}: {what}")

    def names(self) -> tuple[str, ...]:
        """Return the keys that the file has here."""
        return tuple(self._values)

    def has(self, name: str) -> bool:
        """Return whether a key is there."""
        return name in self._values

    def end(self) -> None:
        """Raise ScenarioError where a key was never asked for: it means nothing here."""
        for name in self._values:
            if name not in self._asked:
                raise self.wrong(name, f"unknown; here may be: {', '.join(sorted(self._asked))}")

    def _get(self, name: str, default: object) -> object:
        self._asked.add(name)
        if name in self._values:
            return self._values[name]
        if default is None:
            raise self.wrong(name, "is missing")
        return default

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self._get(name, default)
        if not isinstance(value, str):
            raise self.wrong(name, f"must be a text, not {value!r}")
        return value

    def choice(self, name: str, known: Sequence[str], default: str | None = None) -> str:
        """Return a text that is one of those known."""
        value = self.text(name, default)
        if value not in known:
            raise self.wrong(name, f"no {name} named {value!r}; there are: {', '.join(known)}")
        return value

    def number(self, name: str, default: float | None = None, *, above: float = -math.inf) -> float:
        """Return a number that is greater than `above`; a default is not checked."""
        value = self._get(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.wrong(name, f"must be a number, not {value!r}")
        if name in self._values and not value > above:
            raise self.wrong(name, f"must be more than {above:g}, not {value!r}")
        return float(value)

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number of at least 1."""
        value = self.number(name, default, above=0.0)
        if value != int(value):
            raise self.wrong(name, f"must be a whole number, not {value!r}")
        return int(value)

    def truth(self, name: str, default: bool) -> bool:
        """Return true or false."""
        value = self._get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, f"must be true or false, not {value!r}")
        return value

    def moment(self, name: str) -> datetime:
        """Return an instant with its offset from UTC."""
        value = self._get(name, None)
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise self.wrong(
                name, f"must be an instant with its offset, such as 2026-06-03T07:00:00-04:00, not {value}"
            )
        return value

    def numbers(self, name: str, default: Sequence[float]) -> Sequence[float]:
        """Return a list of numbers."""
        value = self._get(name, default)
        if not isinstance(value, (list, tuple)) or any(not isinstance(v, (int, float)) for v in value):
            raise self.wrong(name, f"must be a list of numbers, not {value!r}")
        return [float(v) for v in value]

    def texts(self, name: str, default: Sequence[str]) -> Sequence[str]:
        """Return a list of texts."""
        value = self._get(name, default)
        if not isinstance(value, (list, tuple)) or any(not isinstance(v, str) for v in value):
            raise self.wrong(name, f"must be a list of texts, not {value!r}")
        return list(value)

    def of_type(self, name: str, kind: str) -> object:
        """Return a value of the type that a dataclass writes as `kind`."""
        if kind == "str":
            return self.text(name)
        if kind == "bool":
            return self.truth(name, False)
        return self.whole(name) if kind == "int" else self.number(name)

    def part(self, name: str, made: Callable[[_Table], Value], base: Value | None) -> Value:
        """Return what is made of a table inside this one; where it is not there, `base`."""
        if name not in self._values and base is not None:
            self._asked.add(name)
            return base
        inner = _Table(self._file, ".".join(filter(None, (self._key, name))), self._get(name, None))
        value = made(inner)
        inner.end()
        return value

    def record(self, name: str, base: Record) -> Record:
        """Return a frozen dataclass like `base`, with the values that a table inside this one gives."""
        self._asked.add(name)
        if name not in self._values:
            return base

        def changed(table: _Table) -> Record:
            given: dict[str, object] = {}
            for field in dataclasses.fields(base):  # type: ignore[arg-type]
                table._asked.add(field.name)
                if field.name in table._values:
                    inner = dataclasses.is_dataclass(getattr(base, field.name))
                    given[field.name] = (
                        table.record(field.name, getattr(base, field.name))
                        if inner
                        else table.of_type(field.name, str(field.type))
                    )
            return dataclasses.replace(base, **given)  # type: ignore[type-var]

        return self.part(name, changed, None)

    def list_of(self, name: str, made: Callable[[_Table], Value], base: tuple[Value, ...] | None) -> tuple[Value, ...]:
        """Return what is made of each table of a list; where it is not there, `base`."""
        self._asked.add(name)
        if name not in self._values and base is not None:
            return base
        rows = self._get(name, None)
        if not isinstance(rows, list) or not rows:
            raise self.wrong(name, "must be a list of tables")
        out = []
        for place, row in enumerate(rows):
            inner = _Table(self._file, f"{self._key}.{name}[{place}]".lstrip("."), row)
            out.append(made(inner))
            inner.end()
        return tuple(out)
