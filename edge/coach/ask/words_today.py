"""The sentences of answers about today and about weeks beside each other, English and German.

The rule of this file: as in `edge.coach.ask.words`.
"""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no rest today": ("Today is no rest day.", "Heute ist kein Ruhetag."),
    "not easier today": ("Today is not an easy day.", "Heute ist kein lockerer Tag."),
    "there is one": (
        "There is one today: {low:.0f} to {high:.0f} beats/min.",
        "Heute gibt es eine: {low:.0f} bis {high:.0f} Schläge/min.",
    ),
    "by feel": (
        "What is planned today goes by feel, so it has no heart-rate target.",
        "Was heute geplant ist, geht nach Gefühl und hat darum kein Pulsziel.",
    ),
    "no heart known": (
        "I know neither your highest heart rate nor a run with heart rate, and a guess by age can be 20 beats/min off. "
        "A strap or a watch on one run, or `kadenz me set max-hr 185` where you measured it, gives you a target.",
        "Ich kenne weder deinen höchsten Puls noch einen Lauf mit Puls, und eine Schätzung nach dem Alter kann um 20 "
        "Schläge/min danebenliegen. Ein Gurt oder eine Uhr bei einem Lauf, oder `kadenz me set max-hr 185`, wenn du "
        "ihn gemessen hast, gibt dir ein Ziel.",
    ),
    "no heart cause": (
        "Why there is none today cannot be known from your diary.",
        "Warum es heute keine gibt, lässt sich aus deinem Tagebuch nicht wissen.",
    ),
    "run today": ("You can run today.", "Du kannst heute laufen."),
    "after a clinician": (
        "Not before a clinician has looked at it; when that is, cannot be known.",
        "Nicht bevor es ärztlich angesehen wurde; wann das ist, lässt sich nicht wissen.",
    ),
    "by the ladder": (
        "No date can be known: your body says when, step by step. Next:",
        "Ein Datum lässt sich nicht wissen: Dein Körper sagt es, Schritt für Schritt. Als Nächstes:",
    ),
    "next run": ("If nothing changes, {when}, on {day}.", "Wenn sich nichts ändert, {when}, am {day}."),
    "tomorrow": ("tomorrow", "morgen"),
    "in days": ("in {days:.0f} days", "in {days:.0f} Tagen"),
    "rest has none": (
        "Today is a rest day, so there is no heart rate to aim at.",
        "Heute ist Ruhetag, also gibt es keinen Puls zum Anpeilen.",
    ),
    "no day known": (
        "The coming week holds no run, so the day cannot be known yet.",
        "In der kommenden Woche steht kein Lauf, also lässt sich der Tag noch nicht wissen.",
    ),
    "no running today": ("Today no running at all.", "Heute gar kein Laufen."),
    "no limit known": (
        "That cannot be known: there is nothing in your diary to go by.",
        "Das lässt sich nicht wissen: In deinem Tagebuch steht nichts, woran man es messen könnte.",
    ),
    "at most": ("Today at most {km:.1f} km.", "Heute höchstens {km:.1f} km."),
    "and minutes": ("And no more than {minutes:.0f} min.", "Und nicht mehr als {minutes:.0f} min."),
    "no promise": (
        "That keeps the step small; whether a distance is safe for you cannot be known beforehand.",
        "Das hält den Schritt klein; ob eine Strecke für dich sicher ist, lässt sich vorher nicht wissen.",
    ),
    "weeks beside": (
        "In the last seven days you ran {own} ({new}), {percent:.0f} % {how} than the {usual} of the week before "
        "({old}).",
        "In den letzten sieben Tagen bist du {own} gelaufen ({new}), {percent:.0f} % {how} als die {usual} der Woche "
        "davor ({old}).",
    ),
    "too few in the weeks": (
        "That cannot be known: it takes a run in each of the last two weeks; there were {new} and {old}.",
        "Das lässt sich nicht wissen: Es braucht einen Lauf in jeder der letzten zwei Wochen; da waren es {new} und "
        "{old}.",
    ),
    "runs counted": ("{count} runs", "{count} Läufe"),
}
