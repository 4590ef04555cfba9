"""What a decision was computed from, as JSON text and back, without losing a bit.

The rule of this file: NaN is null and comes back as NaN; every number is written so that it reads back equal.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import math
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, Union, cast

from edge.coach.beliefs import State
from edge.coach.types import Counterfactual, Picked, RacePredictor, RunFact
from edge.samples import Estimate

_Value = TypeVar("_Value")
#: Changes whenever the same inputs may give another decision.
COACH_VERSION = 13
UNKNOWN = Estimate(math.nan, math.nan, math.nan, "no model answer")


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the race model and its answer."""

    bests_s: tuple[tuple[float, float], ...]
    target_m: float
    age: float
    sex: str
    weekly_km: float
    answer: Estimate


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything `edge.coach.today.decide` saw, and what the state was made from."""

    version: int
    state: State
    questions: tuple[Question, ...]
    model_hash: str
    with_model: bool
    facts_hash: str
    facts: int
    catalogue_hash: str
    """Of the cards that were there to choose from."""
    otherwise: Counterfactual | None = None
    """Found by deciding again on a changed diary: an answer that is remembered, like a model's."""
    picked: Picked | None = None
    """What was put first among what the rules left; None where nothing was chosen."""


class Listening:
    """A race predictor that remembers what was asked and answered; a failing model answers "unknown"."""

    def __init__(self, inner: RacePredictor) -> None:
        self.inner = inner
        self.questions: list[Question] = []

    @property
    def model_hash(self) -> str:
        """The hash of the model behind it."""
        return self.inner.model_hash

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        """Return the model's answer in s."""
        try:
            answer = self.inner.predict(bests_s, target_m, age, sex, weekly_km)
        except (ValueError, RuntimeError, KeyError):
            answer = UNKNOWN
        question = stored(Question, Question(tuple(sorted(bests_s.items())), target_m, age, sex, weekly_km, answer))
        if not self.questions or repr(question) not in {repr(q) for q in self.questions}:
            self.questions.append(question)
        return answer


class Remembered:
    """A race predictor that answers from stored questions; an unknown question is answered "unknown"."""

    def __init__(self, questions: Sequence[Question], model_hash: str) -> None:
        self._answers = {_asked(q.bests_s, q.target_m, q.age, q.sex, q.weekly_km): q.answer for q in questions}
        self._hash = model_hash

    @property
    def model_hash(self) -> str:
        """The hash of the model that gave the answers."""
        return self._hash

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        """Return the stored answer in s."""
        return self._answers.get(_asked(tuple(sorted(bests_s.items())), target_m, age, sex, weekly_km), UNKNOWN)


def _asked(bests_s: tuple[tuple[float, float], ...], target_m: float, age: float, sex: str, weekly_km: float) -> str:
    """Return the key of a question; a whole number and the same as a float are one."""
    bests = tuple((float(m), float(s)) for m, s in bests_s)
    return repr((bests, float(target_m), float(age), sex, float(weekly_km)))


def text_of(value: object) -> str:
    """Return a dataclass as canonical JSON text."""
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def stored(kind: type[_Value], value: _Value) -> _Value:
    """Return a value as it reads back from its text: what is decided on is what is kept, to the bit and the type."""
    return read(kind, json.loads(text_of(value)))


def sealed(inputs: Inputs) -> str:
    """Return the hash of everything that a decision rests on: no stored input can change and keep it."""
    return hashlib.sha256(text_of(inputs).encode()).hexdigest()[:16]


def inputs_from(text: str) -> Inputs:
    """Return the inputs of a JSON text; raises ValueError where it is not one of this version."""
    stored = json.loads(text)
    if not isinstance(stored, dict) or stored.get("version") != COACH_VERSION:
        raise ValueError("this decision was made by another version of the coach")
    return read(Inputs, stored)


def facts_hash(facts: Sequence[RunFact]) -> str:
    """Return the hash of the rows that a state was made from."""
    return hashlib.sha256("".join(map(repr, facts)).encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    kind: type = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    names = _names(kind)
    return value if names is None else {name: _plain(getattr(value, name)) for name in names}


@functools.cache
def _names(kind: type) -> tuple[str, ...] | None:
    """Return the names of the fields of a dataclass; None for any other type."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


@functools.cache
def _hints(kind: type) -> dict[str, object]:
    return dict(typing.get_type_hints(kind))


def read(kind: type[_Value], stored: object) -> _Value:
    """Return a value of a type from plain JSON: dataclasses, tuples, optionals, numbers and texts."""
    return cast(_Value, _value(kind, stored))


def _value(kind: object, stored: object) -> object:
    return _reader(kind)(stored)


@functools.cache
def _reader(kind: object) -> Callable[[object], object]:
    """Return what reads a value of a type from plain JSON."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return lambda stored: None if stored is None else _value(inner, stored)
    if origin is tuple:
        return functools.partial(_tuple, arguments)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return functools.partial(_dataclass, kind)
    if kind is float:
        return lambda stored: math.nan if stored is None else float(cast(float, stored))
    return lambda stored: stored


def _tuple(arguments: tuple[object, ...], stored: object) -> object:
    if not isinstance(stored, list):
        return stored
    if arguments[-1] is Ellipsis:
        read_one = _reader(arguments[0])
        return tuple([read_one(one) for one in stored])
    return tuple(_value(k, v) for k, v in zip(arguments, stored, strict=True))


def _dataclass(kind: type, stored: object) -> object:
    if not isinstance(stored, dict):
        raise ValueError(f"{kind.__name__} is missing")
    return kind(**{name: _reader(hint)(stored[name]) for name, hint in _hints(kind).items()})
