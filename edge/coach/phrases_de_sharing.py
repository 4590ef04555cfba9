"""German for what is shared with others and what is used of them."""

from __future__ import annotations

SHARING: dict[str, str] = {
    "beats/min": "Schläge/min",
    "speed over 10 km": "Tempo über 10 km",
    "how much speed falls with distance": "wie sehr das Tempo mit der Strecke sinkt",
    "usual speed": "übliches Tempo",
    "heart rate at 2.8 m/s": "Puls bei 2,8 m/s",
    "heart rate for each m/s more": "Puls für jeden m/s mehr",
    "heart rate as a run gets longer": "Puls, je länger der Lauf",
    "heart rate for 10 °C of warmth": "Puls für 10 °C Wärme",
    "heart rate for 1,000 m of height": "Puls für 1.000 m Höhe",
    "heart rate for each % of climb": "Puls für jedes % Steigung",
    "heart rate after days of rest": "Puls nach Ruhetagen",
    "scatter of heart rate from run to run": "Streuung des Pulses von Lauf zu Lauf",
    "{what:word}: {shown:word} beside what is expected of such people (blurred by {noise:word})":
        "{what:word}: {shown:word} gegenüber dem, was bei solchen Menschen zu erwarten ist (verwischt um {noise:word})",
    "This is all that would leave: {count:count} numbers and five words; no position, no time, no name.":
        "Das ist alles, was hinausginge: {count:count} Zahlen und fünf Wörter; kein Ort, keine Zeit, kein Name.",
    "The numbers were shortened to {clip:word} spreads between people and then blurred on this device by noise of "
    "{noise:word}: of one person they say little, of many together something.":
        "Die Zahlen wurden auf {clip:word} Streuungen zwischen Menschen gekürzt und dann auf diesem Gerät mit Rauschen von "
        "{noise:word} verwischt: Über einen Menschen sagen sie wenig, über viele zusammen etwas.",
    "Drawn on {day:word}; for a year asking again shows the same, because noise drawn twice could be averaged.":
        "Gezogen am {day:word}; ein Jahr lang zeigt jedes Nachfragen dasselbe, denn doppeltes Rauschen ließe sich mitteln.",
    "your situation: {words:word}": "deine Situation: {words:word}",
    "file": "Datei",
    "fleet": "Flotte",
    "everybody": "alle",
    "consent to sharing by {purpose:word}: given on {day:word}":
        "Einwilligung zum Teilen per {purpose:word}: gegeben am {day:word}",
    "consent to sharing by {purpose:word}: no": "Einwilligung zum Teilen per {purpose:word}: nein",
    "consent given": "Einwilligung gegeben",
    "consent withdrawn": "Einwilligung zurückgezogen",
    "your numbers left this device": "deine Zahlen haben dieses Gerät verlassen",
    "No shared prior is in use: the bundled one stands.": "Kein geteiltes Vorwissen ist in Gebrauch: Das mitgelieferte gilt.",
    "About {people:count} people like you ({group:word}) shared how they differ from the usual; before your own "
    "runs tell, I now expect of you:":
        "Etwa {people:count} Menschen wie du ({group:word}) haben geteilt, worin sie vom Üblichen abweichen; bevor deine "
        "eigenen Läufe sprechen, erwarte ich jetzt von dir:",
    "A few people shared how they differ from the usual; before your own runs tell, I now expect of you:":
        "Einige Menschen haben geteilt, worin sie vom Üblichen abweichen; bevor deine eigenen Läufe sprechen, erwarte ich "
        "jetzt von dir:",
    "nothing else than before": "nichts anderes als zuvor",
    "In use since {day:word}; `kadenz prior use --undo` goes back.":
        "In Gebrauch seit {day:word}; `kadenz prior use --undo` kehrt zurück.",
    "Nothing leaves this device unless you consent: `kadenz prior consent file on`.":
        "Nichts verlässt dieses Gerät ohne deine Einwilligung: `kadenz prior consent file on`.",
    "The file holds exactly this:": "Die Datei enthält genau dies:",
    "Written: {name:word}. Hand it to whoever merges; only you can do that.":
        "Geschrieben: {name:word}. Gib sie dem, der zusammenführt; nur du kannst das.",
    "Back to the bundled prior.": "Zurück zum mitgelieferten Vorwissen.",
    "{count:count} contributions merged, {groups:count} groups told of: {name:word}":
        "{count:count} Beiträge zusammengeführt, {groups:count} Gruppen beschrieben: {name:word}",
    "{count:count} contributions merged, one group told of, everybody: {name:word}":
        "{count:count} Beiträge zusammengeführt, eine Gruppe beschrieben, alle: {name:word}",
}  # fmt: skip
