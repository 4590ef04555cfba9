"""German for forgetting, backup and restore.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

FORGET: dict[str, str] = {
    "This cannot be undone. Go on? Type yes: ": "Das lässt sich nicht rückgängig machen. Weiter? Tippe ja: ",
    "Done.": "Erledigt.",
    "An earlier forgetting was cut off: it is finished with this.":
        "Ein früheres Vergessen wurde abgebrochen: Es wird damit zu Ende gebracht.",
    "There is nothing of that in the diary.": "Davon steht nichts im Tagebuch.",
    "{runs:count} runs: positions go into cells of {cell_m:metres}; times, heights and heart rate stay.":
        "{runs:count} Läufe: Positionen kommen in Felder von {cell_m:metres}; Zeiten, Höhen und Puls bleiben.",
    "{runs:count} runs with {samples:count} samples go.": "{runs:count} Läufe mit {samples:count} Messwerten verschwinden.",
    "All that you said, entered and chose goes too, and all settings.":
        "Alles, was du gesagt, eingetragen und gewählt hast, verschwindet auch, und alle Einstellungen.",
    "{decisions:count} decisions rest on them: only their number and time stay, so they can tell no reasons.":
        "{decisions:count} Entscheidungen beruhen darauf: Nur ihre Nummer und Zeit bleiben, Gründe nennen sie nicht mehr.",
    "What was learned goes, and is learned again from what stays: {names:word}.":
        "Was daraus gelernt wurde, verschwindet und wird aus dem Rest neu gelernt: {names:word}.",
    "{file:word} stays: a backup is locked, and may still hold them.":
        "{file:word} bleibt: Eine Sicherung ist verschlossen und kann sie noch enthalten.",
    "{file:word}: the same is taken out of this copy.": "{file:word}: Aus dieser Kopie wird dasselbe entfernt.",
    "{file:word} goes ({kind:word}).": "{file:word} verschwindet ({kind:word}).",
    "journal": "Rohdaten",
    "export": "Ausgabe",
    "log": "Protokoll",
    "draft": "Rest eines Abbruchs",
    "This passphrase is easy to guess: several words in a row that nobody would expect are better.":
        "Diese Passphrase ist leicht zu erraten: Mehrere Wörter, die niemand zusammen erwartet, sind besser.",
    "{file:word}: {runs:count} runs with {samples:count} samples are in this backup. Without the passphrase nobody can "
    "open it, so keep both, apart from each other.":
        "{file:word}: {runs:count} Läufe mit {samples:count} Messwerten sind in dieser Sicherung. Ohne die Passphrase kann "
        "sie niemand öffnen, also bewahre beides auf, voneinander getrennt.",
    "{file:word}: {runs:count} runs with {samples:count} samples are restored.":
        "{file:word}: {runs:count} Läufe mit {samples:count} Messwerten sind wieder da.",
    "The diary in it has damage, which was there when it was made: `kadenz doctor` tells it.":
        "Das Tagebuch darin hat Schäden, die es schon vorher hatte: `kadenz doctor` nennt sie.",
}  # fmt: skip
