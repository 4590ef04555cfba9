"""German for targets, what-if sentences, the coming days, patterns, labels and what was told, and their sources.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

TARGETS: dict[str, str] = {
    # pace and heart rate
    "by effort": "nach Gefühl",
    "{low:pace} or slower": "{low:pace} oder langsamer",
    "{low:clock} to {high:pace}": "{low:clock} bis {high:pace}",
    "Pace is a wide guess ({low:clock} to {high:pace}, walking breaks included) until I have seen a run: go by breath, you "
    "should be able to talk in sentences.":
        "Das Tempo ist grob geschätzt ({low:clock} bis {high:pace}, mit Gehpausen), bis ich einen Lauf gesehen habe: Richte "
        "dich nach dem Atem, du solltest in ganzen Sätzen reden können.",
    "Pace is a wide guess ({low:clock} to {high:pace}, walking breaks included) until I have seen a new run: go by "
    "breath, you should be able to talk in sentences.":
        "Das Tempo ist grob geschätzt ({low:clock} bis {high:pace}, mit Gehpausen), bis ich einen neuen Lauf gesehen habe: "
        "Richte dich nach dem Atem, du solltest in ganzen Sätzen reden können.",
    "The fast parts are at about your 5 km pace: {five_s:clock} by {source:word}.":
        "Die schnellen Teile sind etwa dein Tempo über 5 km: {five_s:clock} ({source:word}).",
    "{far_m:race} in {best_s:clock}": "{far_m:race} in {best_s:clock}",
    "{told:word} It rests on {source:word}: {best:word}.": "{told:word} Grundlage ist {source:word}: {best:word}.",
    "a race": "ein Rennen",
    "your best effort in training, raised to race effort": "dein bester Lauf im Training, auf ein Rennen umgerechnet",
    "you said": "deine Angabe",
    "measured": "gemessen",
    "inferred": "erschlossen",
    "people like you": "Menschen wie du",
    "your age": "dein Alter",
    "your profile": "dein Profil",
    "inferred from your age and your highest": "aus deinem Alter und deinem höchsten Puls",
    "inferred from people like you and your highest": "aus Menschen wie dir und deinem höchsten Puls",
    "At a WBGT of about {wbgt_c:count} °C ({low_c:count} to {high_c:count}; {sources:word}) the same effort is about "
    "{slower:tenths} slower ({least:tenths} to {most:tenths}; people differ).":
        "Bei einem Hitzeindex WBGT von etwa {wbgt_c:degrees} ({low_c:count} bis {high_c:degrees}; {sources:word}) bist du bei "
        "gleicher Anstrengung etwa {slower:tenths} langsamer ({least:tenths} bis {most:tenths}; das ist von Mensch zu "
        "Mensch verschieden).",
    "Here, at {here_m:metres}, the same effort is about {by:tenths} {way:word} than at {compared_m:metres}, which it is "
    "compared with (between {first:tenths} and {last:tenths}; people differ); your body is used to about {used_m:metres}.":
        "Hier auf {here_m:metres} bist du bei gleicher Anstrengung etwa {by:tenths} {way:word} als auf "
        "{compared_m:metres}, womit ich vergleiche (zwischen {first:tenths} und {last:tenths}; das ist von Mensch zu "
        "Mensch verschieden); dein Körper ist etwa {used_m:metres} gewohnt.",
    "slower": "langsamer",
    "faster": "schneller",
    "higher": "höher",
    "lower": "niedriger",
    "Your own line from {runs:count} runs with heart rate puts":
        "Nach deinen {runs:count} Läufen mit Puls liegt",
    "Your one run with heart rate, and people like you, put":
        "Nach deinem einen Lauf mit Puls und Menschen wie dir liegt",
    "What you said of your heart rate puts": "Nach deiner Angabe zum Puls liegt",
    "{whose:word} this pace at {low:count} to {high:beats} (single runs differ by {spread:beats}; the newest count most).":
        "{whose:word} dein Puls in diesem Tempo zwischen {low:count} und {high:beats_dative} (einzelne Läufe weichen um "
        "{spread:beats} ab; die neuesten zählen am meisten).",
    "Heart rate {low:count} to {high:beats} is {least:percent} to {most:percent} of a maximum of {top:beats} "
    "({source:word}), which may be off by {doubt:beats}: if talking is hard, slow down whatever the watch shows.":
        "Puls {low:count} bis {high:beats}, das sind {least:percent} bis {most:percent} deines Höchstpulses von "
        "{top:beats_dative} ({source:word}). Der kann um {doubt:beats} danebenliegen: Wenn dir das Reden schwerfällt, "
        "lauf langsamer, egal was die Uhr zeigt.",
    "{name:word}: about {middle:clock}, between {best:clock} and {worst:clock} in nine of ten cases ({source:word}), over "
    "{far_m:km}.":
        "{name:word}: etwa {middle:clock}, in neun von zehn Fällen zwischen {best:clock} und {worst:clock} "
        "({source:word}), über {far_m:km}.",
    "After your {kind:word} runs the next one had a heart rate about {by:beats} {way:word} than usual at the same pace "
    "({first:count} to {last:count}; {pairs:count} pairs of runs).":
        "Nach deinen Läufen dieser Art ({kind:word}) war der Puls beim nächsten Lauf etwa {by:beats} {way:word} als sonst im "
        "gleichen Tempo ({first:count} bis {last:beats}; {pairs:count} Paare von Läufen).",
    "long": "lang",
    "steady": "zügig",
    "intervals": "schnelle Abschnitte",
    "race": "Rennen",
    # what one change would have made of today
    "It would be {what:word}, {words:word}.": "Es wäre {what:word}, {words:word}.",
    "{kind:word} of {far_m:km_short}": "{kind:word} über {far_m:km_short}",
    "a rest day": "ein Ruhetag",
    "an easy run": "ein lockerer Lauf",
    "repetitions": "schnelle Abschnitte",
    "a first session": "eine erste Einheit",
    "a run to come back": "ein Lauf zum Wiederkommen",
    "the race": "das Rennen",
    "walking and jogging by turns": "Gehen und Traben im Wechsel",
    "a walk": "ein Spaziergang",
    "had {run:word} been {had_m:km_short} instead of {was_m:km_short}":
        "wenn {run:word} {had_m:km_short} statt {was_m:km_short} lang gewesen wäre",
    "today's run": "der Lauf heute",
    "yesterday's run": "der Lauf gestern",
    "{weekday:word}'s run": "der Lauf am {weekday:word}",
    "your run {when:ago}": "dein Lauf {when:ago}",
    "without what you told me about: {named:word}": "ohne das, was du mir gesagt hast über: {named:word}",
    "without the {said:word} you told me of": "ohne das, was du mir gesagt hast ({said:word})",
    "at home near {home:word}": "zu Hause bei {home:word}",
    "without {race:word} in {ahead:days}": "ohne {race:word} in {ahead:days_dative}",
    "without your {race:word} in {ahead:days}": "ohne dein Rennen ({race:word}) in {ahead:days_dative}",
    "{race_m:race}": "{race_m:race}",
    "had you not run today": "wenn du heute nicht gelaufen wärst",
    "had you not run yesterday": "wenn du gestern nicht gelaufen wärst",
    "had you run {far_m:km_short} three days ago": "wenn du vor drei Tagen {far_m:km_short} gelaufen wärst",
    "Monday": "Montag",
    "Tuesday": "Dienstag",
    "Wednesday": "Mittwoch",
    "Thursday": "Donnerstag",
    "Friday": "Freitag",
    "Saturday": "Samstag",
    "Sunday": "Sonntag",
    # what was told, in a word
    "pain": "Schmerz",
    "pain resolved": "Schmerz vorbei",
    "red flag": "Warnzeichen",
    "illness": "Krankheit",
    "fatigue": "Müdigkeit",
    "sleep": "Schlaf",
    "stress": "Stress",
    "mood": "Stimmung",
    "shift work": "Schichtarbeit",
    "time": "wenig Zeit",
    "availability": "Tage zum Laufen",
    "travel": "Reise",
    "weather": "Wetter",
    "medication": "Medikament",
    "pregnancy": "Schwangerschaft",
    "cycle": "Zyklus",
    "red s": "zu wenig Energie",
    "weight goal": "Gewichtsziel",
    "wish": "Wunsch",
    "override request": "der Wunsch, eine Regel zu übergehen",
    # the coming days
    "You told me since: {words:word}.": "Du hast mir seitdem gesagt: {words:word}.",
    "{planned_m:km} were planned": "{planned_m:km} geplant waren",
    "rest was planned": "ein Ruhetag geplant war",
    "you ran {done_m:km}": "bist du {done_m:km} gelaufen",
    "you did not run": "bist du nicht gelaufen",
    "Where {planned:word}, {did:word}.": "Wo {planned:word}, {did:word}.",
    # what is put first
    "The plan was {planned_m:km}, which still stands below. I show the {name:word} run first, as what you did of my "
    "proposals is how I learn; it had a chance of {chance:count} % today. `kadenz choose off` ends that.":
        "Geplant waren {planned_m:km}, das steht weiter unten. Ich zeige zuerst eine andere Fassung ({name:word}), denn ich "
        "lerne aus dem, was du von meinen Vorschlägen tust; ihre Chance war heute {chance:count} %. `kadenz choose off` "
        "beendet das.",
    "shorter": "kürzer",
    "easier": "lockerer",
    "as planned": "wie geplant",
    # what provokes pain
    "A pattern in your runs, no diagnosis: {place:word} hurt after {runs:count} runs, {sure:word}; so {limit:word}.":
        "Ein Muster in deinen Läufen, keine Diagnose: Nach {runs:count} Läufen tat {place:word} weh, {sure:word}; darum "
        "{limit:word}.",
    "probably from {cause:word} ({chance:count} %)": "wahrscheinlich durch {cause:word} ({chance:count} %)",
    "perhaps from {cause:word}": "vielleicht durch {cause:word}",
    "longer runs": "längere Läufe",
    "much downhill": "viel Bergab",
    "fast running": "schnelles Laufen",
    "hard ground": "harten Boden",
    "days run in a row": "Lauftage in Folge",
    "no more than {most_m:km} today": "heute nicht mehr als {most_m:km}",
    "a way with no more than {most:count} m down a km": "ein Weg mit höchstens {most:count} m bergab auf 1 km",
    "nothing hard today, and not faster than {fast:pace}": "heute nichts Hartes, und nicht schneller als {fast:pace}",
    "no more than {most:days} in a row": "nicht mehr als {most:days} in Folge",
    "softer ground where there is some": "weicher Boden, wo es ihn gibt",
    # a label that the runs contradict
    "your runs show at least 10 km in {time_s:clock} ({source:word})":
        "deine Läufe zeigen mindestens 10 km in {time_s:clock} ({source:word})",
    "you run {week:count} km in a usual week, {runs:count} runs so far":
        "du läufst {week:count} km in einer üblichen Woche, {runs:count} Läufe bisher",
    "your last four weeks had {week_m:km} a week": "deine letzten vier Wochen hatten {week_m:km} in der Woche",
    "kadenz me set experience {other:word}, or --keep": "kadenz me set experience {other:word}, oder --keep",
    'You said "{label:word}"; {why:word}. Shall I plan for "{other:word}"? Until you say so, your word stands. '
    "({action:word})":
        "Du hast gesagt: „{label:word}“; {why:word}. Soll ich für „{other:word}“ planen? Bis du das sagst, gilt dein Wort. "
        "({action:word})",
    "One question": "Eine Frage",
}  # fmt: skip
