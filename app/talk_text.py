"""What was understood, in plain words, English and German, and what to say at once at a warning sign.

The rule of this file: no number without its unit, nothing that was not said.
"""

from __future__ import annotations

import functools
import logging
import math
from collections.abc import Sequence

from edge.coach.said import Constraint
from edge.talk import Taken, bundled_encoder, bundled_opinion

_LOG = logging.getLogger(__name__)

_AREAS_DE = {
    "foot": "Fuß",
    "ankle": "Sprunggelenk",
    "achilles": "Achillessehne",
    "shin": "Schienbein",
    "calf": "Wade",
    "knee": "Knie",
    "hamstring": "hinterer Oberschenkel",
    "quad": "vorderer Oberschenkel",
    "groin": "Leiste",
    "hip": "Hüfte",
    "back": "Rücken",
    "shoulder": "Schulter",
    "chest": "Brust",
    "head": "Kopf",
    "other": "andere Stelle",
}
_AREAS_EN = {"achilles": "Achilles tendon", "quad": "front of the thigh", "other": "another place"}
_SIDES_DE = {"left": "links", "right": "rechts", "both": "beide"}
_WHEN = {
    "worse": ("getting worse", "wird schlimmer"),
    "swollen": ("swollen", "geschwollen"),
    "limping": ("limping", "mit Hinken"),
    "downhill": ("going downhill", "bergab"),
    "uphill": ("going uphill", "bergauf"),
    "stairs": ("on stairs", "auf der Treppe"),
    "running": ("when running", "beim Laufen"),
    "walking": ("when walking", "beim Gehen"),
    "rest": ("at rest", "in Ruhe"),
    "sitting": ("when sitting", "im Sitzen"),
    "standing": ("when standing", "im Stehen"),
    "morning": ("in the morning", "morgens"),
    "night": ("at night", "nachts"),
    "start": ("at the start", "am Anfang"),
    "after": ("afterwards", "danach"),
    "during": ("during a run", "unterwegs"),
    "long": ("on long runs", "bei langen Läufen"),
    "fast": ("when running fast", "bei Tempo"),
    "touch": ("to the touch", "auf Druck"),
    "jumping": ("when jumping", "beim Springen"),
    "bending": ("when bending", "beim Beugen"),
}
_PHRASES = {
    "sleep:bad": ("Slept badly", "Schlecht geschlafen"),
    "sleep:good": ("Slept well", "Gut geschlafen"),
    "sleep:": ("Slept", "Geschlafen"),
    "fatigue:": ("Tired", "Müde"),
    "fatigue:sore": ("Sore muscles", "Muskelkater"),
    "stress:": ("Under stress", "Im Stress"),
    "mood:bad": ("In low spirits", "Stimmung gedrückt"),
    "mood:good": ("In good spirits", "Gut gestimmt"),
    "shift_work:": ("Shift work", "Schichtarbeit"),
    "shift_work:night": ("Night shift", "Nachtschicht"),
    "shift_work:before": ("Night shift ahead", "Nachtschicht steht bevor"),
    "shift_work:late": ("Late shift", "Spätschicht"),
    "shift_work:early": ("Early shift", "Frühschicht"),
    "illness:": ("Ill", "Krank"),
    "illness:fever": ("Fever", "Fieber"),
    "illness:cold": ("A cold", "Erkältung"),
    "illness:flu": ("Flu", "Grippe"),
    "illness:stomach": ("Stomach upset", "Magen-Darm"),
    "illness:covid": ("Covid", "Covid"),
    "travel:": ("Travelling", "Auf Reisen"),
    "travel:flight": ("A flight", "Ein Flug"),
    "travel:jetlag": ("Jet lag", "Jetlag"),
    "travel:altitude": ("Going to altitude", "In die Höhe"),
    "weather:": ("Weather", "Wetter"),
    "weather:hot": ("Hot weather", "Hitze"),
    "weather:cold": ("Cold weather", "Kälte"),
    "weather:ice": ("Ice on the ground", "Glätte"),
    "weather:rain": ("Rain", "Regen"),
    "weather:wind": ("Wind", "Wind"),
    "weather:storm": ("Thunderstorm", "Gewitter"),
    "weather:snow": ("Snow", "Schnee"),
    "weather:humid": ("Humid air", "Schwüle"),
    "weather:dry": ("Dry air", "Trockene Luft"),
    "weather:air": ("Bad air", "Schlechte Luft"),
    "weather:dark": ("Dark outside", "Dunkelheit"),
    "weather:fog": ("Fog", "Nebel"),
    "medication:": ("Medication", "Medikament"),
    "medication:beta_blocker": ("Beta-blockers", "Betablocker"),
    "medication:antibiotic": ("Antibiotics", "Antibiotika"),
    "medication:painkiller": ("Painkillers", "Schmerzmittel"),
    "medication:blood_thinner": ("Blood thinners", "Blutverdünner"),
    "pregnancy:": ("Pregnant or after birth", "Schwanger oder nach der Geburt"),
    "pregnancy:pregnant": ("Pregnant", "Schwanger"),
    "pregnancy:postpartum": ("After giving birth", "Nach der Geburt"),
    "pregnancy:breastfeeding": ("Breastfeeding", "Stillzeit"),
    "cycle:": ("Cycle", "Zyklus"),
    "cycle:period": ("Period", "Periode"),
    "cycle:cramps": ("Period cramps", "Regelschmerzen"),
    "cycle:pms": ("PMS", "PMS"),
    "cycle:menopause": ("Menopause", "Wechseljahre"),
    "cycle:late": ("Period late", "Periode verspätet"),
    "cycle:ovulation": ("Cycle", "Zyklus"),
    "red_s:": ("A sign of too little energy", "Ein Zeichen von zu wenig Energie"),
    "red_s:no_period": ("Period missing", "Periode bleibt aus"),
    "red_s:stress_fracture": ("Stress fracture", "Ermüdungsbruch"),
    "red_s:eating_less": ("Eating less", "Weniger gegessen"),
    "red_s:weight_loss": ("Weight lost", "Gewicht verloren"),
    "weight_goal:": ("A goal for the weight", "Ein Ziel für das Gewicht"),
    "weight_goal:lose": ("Wants to lose weight", "Möchte abnehmen"),
    "weight_goal:gain": ("Wants to gain weight", "Möchte zunehmen"),
    "weight_goal:target": ("A weight as goal", "Ein Zielgewicht"),
    "wish:": ("A wish", "Ein Wunsch"),
    "wish:race": ("Wish: a race", "Wunsch: ein Wettkampf"),
    "wish:hills": ("Wish: hills", "Wunsch: Hügel"),
    "wish:flat": ("Wish: flat", "Wunsch: flach"),
    "wish:easy": ("Wish: something easy", "Wunsch: etwas Lockeres"),
    "wish:fast": ("Wish: something fast", "Wunsch: etwas Schnelles"),
    "wish:long": ("Wish: something long", "Wunsch: etwas Langes"),
    "wish:rest": ("Wish: rest", "Wunsch: Pause"),
    "wish:cross": ("Wish: another sport", "Wunsch: anderer Sport"),
    "wish:strength": ("Wish: strength", "Wunsch: Kraft"),
    "wish:trail": ("Wish: trails", "Wunsch: Trails"),
    "wish:morning": ("Wish: in the morning", "Wunsch: morgens"),
    "wish:evening": ("Wish: in the evening", "Wunsch: abends"),
}
_DAYS_DE = {
    "today": "heute",
    "tomorrow": "morgen",
    "monday": "Montag",
    "tuesday": "Dienstag",
    "wednesday": "Mittwoch",
    "thursday": "Donnerstag",
    "friday": "Freitag",
    "saturday": "Samstag",
    "sunday": "Sonntag",
    "weekend": "Wochenende",
    "week": "diese Woche",
}
_DAYS_EN = {"week": "this week", "weekend": "the weekend", "today": "today", "tomorrow": "tomorrow"}
_UNITS = {
    "sleep": ("hours", "Stunden"),
    "weather": ("°C", "°C"),
    "weight_goal": ("kg", "kg"),
    "wish": ("km", "km"),
    "pregnancy": ("weeks", "Wochen"),
    "cycle": ("as day of the cycle", "als Zyklustag"),
    "travel:altitude": ("m or days", "m oder Tage"),
}
_HIGHEST_DAYS = 400.0
_URGENT = (
    "Stop. This can be serious: no running, and seek medical help now. Call the emergency number "
    "(112 in Europe, 911 in the US) if it is strong, sudden or getting worse, or if you are "
    "alone.",
    "Stopp. Das kann ernst sein: nicht laufen, und jetzt ärztliche Hilfe suchen. Ruf den Notruf "
    "(112), wenn es stark, plötzlich oder zunehmend ist oder du allein bist.",
)
_MORE = {
    "altitude": ("Go down now, not alone.", "Steig jetzt ab, nicht allein."),
    "heat": (
        "Get into the shade, cool down with water, and do not stay alone.",
        "Geh in den Schatten, kühl dich mit Wasser, und bleib nicht allein.",
    ),
    "crisis": (
        "You do not have to bear this alone. Call a crisis line (988 in the US, 116 123 in Europe) or "
        "the emergency number, and tell somebody near you.",
        "Du musst das nicht allein tragen. Ruf die Telefonseelsorge (0800 111 0 111 oder "
        "116 123) oder den Notruf 112 an, und sag es jemandem in deiner Nähe.",
    ),
    "weight_bearing": ("Do not load it.", "Belaste es nicht."),
    "pregnancy": (
        "Call your midwife, doctor or the maternity ward.",
        "Ruf deine Hebamme, deine Ärztin oder den Kreißsaal an.",
    ),
}


@functools.cache
def tell_of_missing_opinion() -> None:
    """Say once in the log which model of talk cannot be used, where one cannot."""
    _, problem = bundled_opinion()
    if problem:
        _LOG.warning("talk is heard by the grammar alone: %s", problem)
        return
    _, problem = bundled_encoder()
    if problem:
        _LOG.warning("talk is heard clause by clause only: %s", problem)


def urgent(constraints: Sequence[Constraint], language: str) -> str:
    """Return what to say at once at a warning sign, "" where there is none."""
    german = language == "de"
    signs = [c.situation for c in constraints if c.kind == "red_flag" and c.situation != "cleared"]
    if not signs:
        return ""
    if signs == ["crisis"]:
        return _MORE["crisis"][german]
    return " ".join([_URGENT[german], *dict.fromkeys(_MORE[s][german] for s in signs if s in _MORE)])


def in_words(constraints: Sequence[Constraint], language: str) -> str:
    """Return the constraints as short sentences: "Left knee, pain 4 of 10, going downhill. Slept badly."."""
    return " ".join(_one(c, language == "de") + "." for c in constraints)


def _one(c: Constraint, german: bool) -> str:
    if c.kind in {"pain", "pain_resolved", "red_flag"}:
        return _body(c, german)
    if c.kind == "time":
        day = _day(c.situation or "today", german)
        if math.isnan(c.value):
            return f"Zeit {day}: keine Minuten genannt" if german else f"time {day}: no minutes named"
        return f"{c.value:.0f} Minuten {day}" if german else f"{c.value:.0f} minutes {day}"
    if c.kind == "availability":
        return _availability(c, german)
    if c.kind == "override_request":
        return (
            "Eine Regel soll ausgesetzt werden: gehört, die Regeln bleiben"
            if german
            else "You ask to set a rule aside: heard, the rules stay"
        )
    phrase = _PHRASES.get(f"{c.kind}:{c.situation}") or _PHRASES.get(f"{c.kind}:") or (c.kind, c.kind)
    return phrase[german] + _value(c, german)


def _body(c: Constraint, german: bool) -> str:
    if c.situation == "cleared":
        return "Ärztlich freigegeben" if german else "Cleared by a clinician"
    area = (_AREAS_DE if german else _AREAS_EN).get(c.area, c.area)
    side = (_SIDES_DE if german else {}).get(c.side, c.side)
    where = (f"{area} {side}" if german else f"{side} {area}").strip()
    if c.kind == "pain_resolved":
        what = "schmerzfrei" if german else "free of pain"
        return f"{_capital(where)}: {what}" if where else _capital(what)
    what = ("Warnzeichen" if german else "a warning sign") if c.kind == "red_flag" else "Schmerz" if german else "pain"
    if not math.isnan(c.severity):
        about = ("etwa " if german else "about ") if isinstance(c.severity, Taken) else ""
        what += f" {about}{c.severity:g} von 10" if german else f" {about}{c.severity:g} of 10"
    when = _WHEN[c.situation][german] if c.kind == "pain" and c.situation in _WHEN else ""
    return _capital(", ".join(x for x in (where, what, when) if x)) + (_value(c, german) if c.kind == "pain" else "")


def _availability(c: Constraint, german: bool) -> str:
    if not math.isnan(c.value):
        return f"{c.value:.0f} Läufe pro Woche möglich" if german else f"{c.value:.0f} runs a week possible"
    day = _day(c.situation.removeprefix("free_"), german)
    if c.situation.startswith("free_"):
        return f"Laufen möglich: {day}" if german else f"Running possible: {day}"
    return (f"Laufen nicht möglich {day}" if german else f"Running not possible {day}").strip()


def _day(day: str, german: bool) -> str:
    return (_DAYS_DE if german else _DAYS_EN).get(day, day.capitalize())


def _value(c: Constraint, german: bool) -> str:
    if math.isnan(c.value):
        return ""
    unit = _UNITS.get(c.kind, ("days", "Tage"))
    if c.kind == "travel" and c.situation == "altitude" and c.value > _HIGHEST_DAYS:
        unit = ("m", "m")
    elif c.kind == "shift_work":
        unit = ("times", "Mal")
    return f", {c.value:g} {unit[german]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
