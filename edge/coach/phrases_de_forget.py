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
    "Runs whose positions go into cells of {cell_m:metres}: {runs:count}; times, heights, heart rate stay.":
        "Läufe, deren Positionen in Felder von {cell_m:metres} kommen: {runs:count}; Zeiten, Höhen und Puls bleiben.",
    "Runs that go: {runs:count}, with {samples:count} samples.":
        "Läufe, die verschwinden: {runs:count}, mit {samples:count} Messwerten.",
    "All that you said, entered and chose goes too, and all settings.":
        "Alles, was du gesagt, eingetragen und gewählt hast, verschwindet auch, und alle Einstellungen.",
    "Decisions that rest on them: {decisions:count}; only number and time stay, so they tell no reasons.":
        "Entscheidungen, die darauf beruhen: {decisions:count}; nur Nummer und Zeit bleiben, Gründe nennen sie nicht mehr.",
    "What was kept or learned of them goes; learning goes on with what stays: {names:word}.":
        "Was davon gemerkt oder gelernt wurde, verschwindet; gelernt wird aus dem, was bleibt: {names:word}.",
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
    "Written: {file:word} (runs: {runs:count}, samples: {samples:count}). Without the passphrase nobody can open it, so "
    "keep both, apart from each other.":
        "Geschrieben: {file:word} (Läufe: {runs:count}, Messwerte: {samples:count}). Ohne die Passphrase kann sie niemand "
        "öffnen, also bewahre beides auf, voneinander getrennt.",
    "Restored: {file:word} (runs: {runs:count}, samples: {samples:count}).":
        "Wiederhergestellt: {file:word} (Läufe: {runs:count}, Messwerte: {samples:count}).",
    "The diary in it has damage, which was there when it was made: `kadenz doctor` tells it.":
        "Das Tagebuch darin hat Schäden, die es schon vorher hatte: `kadenz doctor` nennt sie.",
}  # fmt: skip
