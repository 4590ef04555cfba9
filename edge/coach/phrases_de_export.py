"""German for what leaves the house: steps of a session on a watch, days in a calendar, what a file could not hold.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

EXPORT: dict[str, str] = {
    "{far_m:km}": "{far_m:km}",
    "{long_s:minutes}": "{long_s:minutes}",
    "Warm-up": "Einlaufen",
    "Cool-down": "Auslaufen",
    "Fast": "Schnell",
    "Jog": "Traben",
    "Walk a little": "Gehen",
    "Race": "Wettkampf",
    "Rest": "Ruhe",
    "Race: {far_m:km}.": "Wettkampf: {far_m:km}.",
    "start gently, let your body come along": "fang sanft an, lass den Körper mitkommen",
    "gently, until your breath is calm": "sanft, bis der Atem ruhig ist",
    "as easy as it takes to get your breath back": "so locker, dass der Atem wiederkommt",
    "not faster than {fast:pace}": "nicht schneller als {fast:pace}",
    "Because: {reason:word}": "Weil: {reason:word}",
    "General guidance, not medical advice.": "Allgemeine Hinweise, kein ärztlicher Rat.",
    "written: {file:word}": "geschrieben: {file:word}",
    "Today is no day for a session on a watch: {show:word}": "Heute gibt es keine Einheit für die Uhr: {show:word}",
    "not in the file: {what:word}": "nicht in der Datei: {what:word}",
    "{count:count} values of {what:word} have no place in this format": "{count:count} Werte von {what:word} haben in diesem Format keinen Platz",
    "{count:count} values of {what:word} came in one second with a later one, which was kept": "{count:count} Werte von {what:word} fielen in eine Sekunde mit einem späteren, der geblieben ist",
    "{count:count} values of {what:word} stand where no position was known, which GPX cannot write": "{count:count} Werte von {what:word} stehen, wo keine Position bekannt war, und das kann GPX nicht schreiben",
    "{count:count} values of {what:word} are beyond what this format can write": "{count:count} Werte von {what:word} liegen jenseits dessen, was dieses Format schreiben kann",
    "{count:count} values of {what:word} have no time": "{count:count} Werte von {what:word} haben keine Zeit",
    "{what:word} has no name in this format, and stands as something else": "{what:word} hat in diesem Format keinen Namen und steht als etwas anderes",
    "{file:word}: {runs:count} runs, {rows:count} rows in {files:count} files": "{file:word}: {runs:count} Läufe, {rows:count} Zeilen in {files:count} Dateien",
    "{count:count} damaged rows were left out: run `kadenz doctor`": "{count:count} beschädigte Zeilen wurden ausgelassen: `kadenz doctor` sagt mehr",
}
