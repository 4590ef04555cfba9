"""German for what a fleet of machines did."""

from __future__ import annotations

FLEET: dict[str, str] = {
    "Privacy of one person after these rounds: epsilon {epsilon:word} at delta {delta:word}.": "Privatheit eines Menschen nach diesen Runden: Epsilon {epsilon:word} bei Delta {delta:word}.",
    "No cohort could be added up and believed: there is no shared prior of it.": "Kein Verbund ließ sich addieren und glauben: Daraus wird kein geteiltes Vorwissen.",
    "Too few people for the noise that hides them: no group is told of.": "Zu wenige Menschen für das Rauschen, das sie verbirgt: Von keiner Gruppe wird erzählt.",
    "A shared prior of about {people:count} people tells of {groups:count} groups.": "Ein geteiltes Vorwissen von etwa {people:count} Menschen erzählt von {groups:count} Gruppen.",
    "Round {round:count}: {answered:count} of {nodes:count} answered in {cohorts:count} cohorts, {lost:count} "
    "cohorts lost, {absurd:count} not believed; {duration:word} s": "Runde {round:count}: {answered:count} von {nodes:count} haben geantwortet, in {cohorts:count} Verbünden, "
    "{lost:count} Verbünde verloren, {absurd:count} nicht geglaubt; {duration:word} s",
    "Simulated: {count:count} runners, nobody real.": "Simuliert: {count:count} Läufer, niemand davon wirklich.",
    "Missed by {everybody:word} (everybody) and {levels:word} (levels), in spreads between people.": "Daneben um {everybody:word} (alle) und {levels:word} (Stufen), in Streuungen zwischen Menschen.",
    "{share:word} % of the answers are in, about {left:word} left": "{share:word} % der Antworten sind da, noch etwa {left:word}",
    "Written: {name:word}": "Geschrieben: {name:word}",
    "No fleet runs here.": "Hier läuft keine Flotte.",
    "{name:word}: does not run any more": "{name:word}: läuft nicht mehr",
    "{name:word}: runs on 127.0.0.1:{port:word} with {memory:word} MB": "{name:word}: läuft auf 127.0.0.1:{port:word} mit {memory:word} MB",
    "The fleet is served on 127.0.0.1:{port:word}; `kadenz fleet stop` ends it.": "Die Flotte ist auf 127.0.0.1:{port:word} zu erreichen; `kadenz fleet stop` beendet sie.",
    "{name:word} is in the fleet with exactly what `kadenz prior show` shows; `kadenz fleet leave` ends it.": "{name:word} ist in der Flotte, mit genau dem, was `kadenz prior show` zeigt; `kadenz fleet leave` beendet es.",
    "{name:word} is out of the fleet, and what it offered is deleted.": "{name:word} ist nicht mehr in der Flotte, und was angeboten war, ist gelöscht.",
    "{count:count} processes ended; nothing of the fleet runs any more, and what was offered is deleted.": "{count:count} Prozesse beendet; von der Flotte läuft nichts mehr, und was angeboten war, ist gelöscht.",
}
