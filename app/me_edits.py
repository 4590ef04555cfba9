"""Edits of the persona: say, correct, forget, keep and undo, and what they change today.

The rule of this file: every error names the belief and its valid range; every edit can be taken back.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.arguments import duration_s
from app.coach import bundled_predictor
from app.coach_profile import EXPERIENCES, injuries_of
from app.output import CommandError
from app.own import change, corrected, own_of, undo
from app.store import Store
from edge.coach import labels
from edge.coach.beliefs import State
from edge.coach.corrections import correctable_range, correction_text
from edge.coach.own import CORRECTABLE, Introduced
from edge.coach.phrases import say
from edge.coach.plausible import RANGES, implausible
from edge.coach.today import decide
from edge.coach.types import Profile

_NAN = math.nan


def _number(field: str) -> Callable[[str, str], object]:
    allowed = RANGES[field]

    def value(name: str, text: str) -> object:
        try:
            found = float(text.replace(",", "."))
        except ValueError:
            found = _NAN
        if not allowed.low <= found <= allowed.high:
            raise CommandError(f"{name}: {text!r} is not {allowed.low:g} to {allowed.high:g} {allowed.unit}")
        return found * allowed.scale

    return value


def _word(*words: str) -> Callable[[str, str], object]:
    def value(name: str, text: str) -> object:
        if text.casefold() not in words:
            raise CommandError(f"{name}: {text!r} is none of {', '.join(words)}")
        return text.casefold()

    return value


#: What may be said: its field of the profile, how its text is read, and what stands there when it is forgotten.
SAID: dict[str, tuple[str, Callable[[str, str], object], object]] = {
    "age": ("age", _number("age"), _NAN),
    "sex": ("sex", _word("f", "m"), ""),
    "weight": ("weight_kg", _number("weight_kg"), _NAN),
    "height": ("height_m", _number("height_m"), _NAN),
    "experience": ("experience", _word(*EXPERIENCES), ""),
    "goal": ("goal", lambda name, text: text, ""),
    "longest-km": ("longest_recent_m", _number("longest_recent_m"), _NAN),
    "injury": ("injuries", lambda name, text: injuries_of([text]), ()),
    "max-hr": ("max_hr_bpm", _number("max_hr_bpm"), _NAN),
    "rest-hr": ("rest_hr_bpm", _number("rest_hr_bpm"), _NAN),
    "beta-blockers": ("beta_blockers", lambda name, text: _word("yes", "no")(name, text) == "yes", False),
}


def edited(
    store: Store, words: Sequence[str], keep: bool, take_back: bool, now_unix_s: float, language: str = "en"
) -> str:
    """Carry an edit out and return it in words of a language; "" where none was asked for."""
    if take_back:
        last = undo(store, now_unix_s)
        if not last:
            raise CommandError(say(language, "there is no change to undo"))
        return say(language, "Taken back: {last:word}.", last=last)
    if not words:
        return ""
    verb, rest = words[0], list(words[1:])
    if verb == "set" and rest == ["experience"] and keep:
        return _keep(store, now_unix_s, language)
    wanted = {"set": 2, "correct": 2, "forget": 1}.get(verb)
    if wanted is None or len(rest) < wanted:
        text = "say: set NAME VALUE, correct NAME VALUE, forget NAME, or set experience --keep"
        raise CommandError(say(language, text))
    text = " ".join(rest[1:])
    doing = {"set": _set, "correct": _correct}.get(verb)
    if doing is None:
        return _forget(store, rest[0], now_unix_s, language)
    return doing(store, rest[0], text, now_unix_s, language)


def _keep(store: Store, now_unix_s: float, language: str) -> str:
    own, label = own_of(store), store.profile().experience
    if not label:
        raise CommandError(f"experience: nothing was said that could be kept; one of {', '.join(EXPERIENCES)}")
    answer = Introduced(labels.kept(label), int(now_unix_s // 86400), now_unix_s - 1.0)
    words = say(language, 'experience stays "{label:word}"', label=label)
    change(store, store.profile(), replace(own, introduced=(*own.introduced, answer)), words, now_unix_s)
    return say(language, "Kept: {words:word}. I shall not ask again.", words=words)


def _set(store: Store, name: str, text: str, now_unix_s: float, language: str) -> str:
    if name not in SAID:
        raise CommandError(f"{name!r} cannot be set; one of {', '.join(SAID)} can (learned ones: correct NAME VALUE)")
    field, reading, _ = SAID[name]
    profile = _with(store.profile(), field, reading(name, text))
    if wrong := implausible(profile):
        raise CommandError(wrong)
    change(store, profile, own_of(store), f"{name} {text}", now_unix_s)
    said_name = say(language, name)
    return say(language, "Kept: {name:word} is {value:word}, because you said so.", name=said_name, value=text)


def _with(profile: Profile, field: str, value: object) -> Profile:
    return replace(profile, **{field: value})  # type: ignore[arg-type]


def _correct(store: Store, name: str, text: str, now_unix_s: float, language: str) -> str:
    if name not in CORRECTABLE:
        raise CommandError(f"{name!r} cannot be corrected; one of {', '.join(CORRECTABLE)} can")
    try:
        value = _pace_s(text) if name == "usual-pace" and ":" in text else float(text)
        own = corrected(own_of(store), name, value if math.isfinite(value) else math.inf, now_unix_s)
    except (ValueError, argparse.ArgumentTypeError):
        raise CommandError(f"{name}: {text!r} is not {correctable_range(name)}") from None
    text = correction_text(name, value, language)
    change(store, store.profile(), own, f"{name} {text}", now_unix_s)
    told = "Kept: {name:word} is {value:word}. It stands beside what I learned, and wins."
    told = say(language, told, name=say(language, name), value=text)
    if name == "used-to-altitude":
        told += say(language, " It counts only where it is lower than what I learned: a rule rests on it.")
    return told


def _pace_s(text: str) -> float:
    return duration_s(text)


def _forget(store: Store, name: str, now_unix_s: float, language: str) -> str:
    own, profile = own_of(store), store.profile()
    held = any(one.name == name for one in own.corrections)
    field, _, empty = SAID.get(name, ("", None, None))
    if name not in CORRECTABLE and not field:
        raise CommandError(f"{name!r} is no belief; one of {', '.join(dict.fromkeys((*SAID, *CORRECTABLE)))} is")
    was_said = bool(field) and repr(getattr(profile, field)) != repr(empty)
    if not held and not was_said:
        text = "{name:word}: you said and corrected nothing; what is learned comes from your runs"
        raise CommandError(say(language, text, name=name))
    profile = _with(profile, field, empty) if was_said else profile
    words = say(language, "{name:word} forgotten", name=say(language, name))
    change(store, profile, corrected(own, name, _NAN, now_unix_s), words, now_unix_s)
    told = "Forgotten: what you said of {name:word}. I go by what your runs tell, where they tell it."
    return say(language, told, name=say(language, name))


def today_changes(old: State, new: State) -> str:
    """Return what an edit changes of today's decision: was, now, and because."""
    predictor, language = bundled_predictor(), new.language
    was, now = decide(old, predictor), decide(new, predictor)
    if repr(was.session) == repr(now.session):
        return say(language, "Today stays as it is: {now:word}", now=now.show)
    because = next((one.text for one in now.because if one not in was.because), now.because[0].text)
    same = say(language, " (the heart rate moved)") if was.show == now.show else ""
    text = "Today was: {was:word}\nNow: {now:word}{same:word}\nBecause: {why:word}"
    return say(language, text, was=was.show, now=now.show, same=same, why=because)
