"""German for the commands beside `today`, `me` and `why`: scorecard, races, choosing, trials, cards, journeys.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    # the scorecard
    "No morning to score yet: `kadenz today` on one day, and see what came on the next.":
        "Noch gibt es nichts zu bewerten: Ruf an einem Tag `kadenz today` auf, und sieh am nächsten, was daraus wurde.",
    "{count:count} morning": "{count:count} Morgen",
    "{count:count} mornings": "{count:count} Morgen",
    "Where I was wrong": "Wo ich falsch lag",
    "No misses so far.": "Bisher lag ich nirgends falsch.",
    "By habit": "Nach Gewohnheit",
    "what I said in the morning": "was ich am Morgen gesagt habe",
    "the share of days so far": "der bloße Anteil der Lauftage",
    "a run or not": "Lauf oder nicht",
    "Brier, 0 is best": "Brier-Wert, 0 ist am besten",
    "distance": "Strecke",
    "pace": "Tempo",
    "{done:count} of {of:count} sessions run about as suggested; errors of those":
        "{done:count} von {of:count} Einheiten etwa wie vorgeschlagen gelaufen; wie weit sie danebenlagen",
    "Advice": "Rat",
    "the plain rule": "die einfache Regel",
    "no day to tell by": "noch kein Tag, der es zeigt",
    "{held:count} of {of:count} within my interval, {share:count} % ({promised:count} % promised)":
        "{held:count} von {of:count} in meinem Bereich, {share:count} % ({promised:count} % versprochen)",
    "too little data to say: {days:count} of {least:days_dative}":
        "zu wenige Tage, um etwas zu sagen: {days:count} von {least:days_dative}",
    "no difference that the days so far can show": "mit den Tagen bisher ist kein Unterschied zu zeigen",
    "better": "besser",
    "worse": "schlechter",
    "I thought a run {chance:count} % likely; you did not run.":
        "Einen Lauf hielt ich zu {chance:count} % für wahrscheinlich; du bist nicht gelaufen.",
    "I thought a run only {chance:count} % likely; you ran {ran_m:km}.":
        "Einen Lauf hielt ich nur zu {chance:count} % für wahrscheinlich; du bist {ran_m:km} gelaufen.",
    "I expected {least_m:km} to {most_m:km}; you ran {ran_m:km}.":
        "Ich habe {least_m:km} bis {most_m:km} erwartet; du bist {ran_m:km} gelaufen.",
    "I gave {low:count} to {high:beats}; the run took {took:beats}.":
        "Ich habe {low:count} bis {high:beats} genannt; im Lauf waren es {took:beats}.",
    "I gave {band:word}; you ran {own:pace}.": "Ich habe {band:word} genannt; du bist {own:pace} gelaufen.",
    # races
    "No races yet: kadenz race add --distance half --date 2027-04-18 --name 'City Half'":
        'Noch keine Rennen: kadenz race add --distance half --date 2027-04-18 --name "Stadtlauf"',
    "to come": "kommt",
    "I know too little of you to predict a time: give one with --time, or import some runs":
        "Ich weiß zu wenig von dir, um eine Zeit vorherzusagen: Gib eine mit --time an, oder lies Läufe ein",
    "the time you want": "deine Wunschzeit",
    "The course": "Die Strecke",
    "{name:word}: {far_m:km}, up {up_m:metres}": "{name:word}: {far_m:km}, {up_m:metres} bergauf",
    "{middle:clock} ({source:word}).": "{middle:clock} ({source:word}).",
    "{middle:clock}, {best:clock} to {worst:clock} in nine of ten cases ({source:word}).":
        "{middle:clock}, in neun von zehn Fällen {best:clock} bis {worst:clock} ({source:word}).",
    "Hills and height make it {more:clock} {way:word} than on the flat.":
        "Hügel und Höhe machen es {more:clock} {way:word} als im Flachen.",
    "longer": "länger",
    "Run the effort, not the pace: as hard up as down.":
        "Lauf nach der Anstrengung, nicht nach dem Tempo: bergauf so hart wie bergab.",
    "to": "bis",
    "grade": "Steigung",
    "clock": "Uhr",
    "Go only without fever, chest trouble or pain that changes your stride. Not medical advice.":
        "Starte nur ohne Fieber, ohne Beschwerden in der Brust und ohne Schmerz, der deinen Schritt verändert. Kein "
        "ärztlicher Rat.",
    # choosing
    "Choosing is on; {count:count} choices so far.": "Das Auswählen ist an; bisher {count:count} Mal gewählt.",
    "Choosing is off: the rule order stands; {count:count} choices so far.":
        "Das Auswählen ist aus: Es gilt die Reihenfolge der Regeln; bisher {count:count} Mal gewählt.",
    "chance {chance:word} %": "Chance {chance:word} %",
    "planned": "geplant",
    "still open": "noch offen",
    "done": "gemacht",
    "moved": "verschoben",
    "not done": "nicht gemacht",
    "Opening a card counts": "Das Öffnen einer Karte zählt",
    "Opening a card does not count": "Das Öffnen einer Karte zählt nicht",
    "{counts:word} ({opened:count} opened;": "{counts:word} ({opened:count} Mal geöffnet;",
    # a trial of one
    "No trial is running; `kadenz trial start` compares heart rate with effort words on you.":
        "Es läuft kein Versuch; `kadenz trial start` probiert an dir aus, ob dir Puls oder Worte für die Anstrengung mehr helfen.",
    "Comparing {first:word} with {second:word}: {pairs:count} pairs of runs, {state:word}.":
        "Im Vergleich stehen {first:word} und {second:word}: {pairs:count} Paare von Läufen, {state:word}.",
    "trial left": "abgebrochen",
    "trial over": "zu Ende",
    "today: {style:word}": "heute: {style:word}",
    "What is known: {known:word}.": "Was man weiß: {known:word}.",
    "{style:word} goes better": "mit „{style:word}“ geht es besser",
    "no difference that matters": "kein Unterschied, der zählt",
    "Difference {middle:word} of 10, 95 % interval {low:word} to {high:word}, valid however often you look.":
        "Unterschied {middle:word} von 10, mit 95 % Sicherheit {low:word} bis {high:word}, egal wie oft du nachsiehst.",
    # cards
    "Nothing to say now: {why:word}.": "Gerade ist nichts zu sagen: {why:word}.",
    "nothing new to say": "nichts Neues",
    "quiet hours": "Ruhezeit",
    "No card was shown yet; `kadenz today` shows one when there is something to say.":
        "Noch keine Karte wurde gezeigt; `kadenz today` zeigt eine, wenn es etwas zu sagen gibt.",
    "shown": "gezeigt",
    "opened": "geöffnet",
    "refused": "abgelehnt",
    "begun": "begonnen",
    # journeys
    "The air since {day:word} says about {height_m:metres}: are you at such a height, and staying? Then tell where: kadenz "
    "trip add PLACE --arrive {iso_day:word}":
        "Die Luft spricht seit {day:word} für etwa {height_m:metres}: Bist du so hoch, und bleibst du? Dann sag wo: kadenz "
        "trip add ORT --arrive {iso_day:word}",
    "there is no journey {number:count}; `kadenz trip list` shows {known:count}":
        "es gibt keine Reise {number:count}; `kadenz trip list` zeigt {known:count}",
    "damaged, left out: {line:word}": "beschädigt, ausgelassen: {line:word}",
    "{count:count} left out: {reason:word}": "{count:count} ausgelassen: {reason:word}",
    "No journeys. Tell of one: kadenz trip add Denver --arrive 2026-12-01, or kadenz trip import FILE.ics":
        "Keine Reisen. Nenne eine: kadenz trip add Denver --arrive 2026-12-01, oder kadenz trip import DATEI.ics",
    " (now)": " (jetzt)",
    "{place:word}, {country:word}, {height_m:metres}: {arrive:word} to {leave:word}, {source:word}":
        "{place:word}, {country:word}, {height_m:metres}: {arrive:word} bis {leave:word}, {source:word}",
    "{place:word}, {country:word}, {height_m:metres}: {arrive:word}, {source:word}":
        "{place:word}, {country:word}, {height_m:metres}: {arrive:word}, {source:word}",
    "calendar": "Kalender",
    "noticed": "bemerkt",
    "You are in {place:word}, {country:word}, {height_m:metres} since {since:word} ({source:word}). `kadenz today` goes by "
    "it.":
        "Du bist seit {since:word} in {place:word}, {country:word}, {height_m:metres} ({source:word}). `kadenz today` "
        "richtet sich danach.",
    "Are you at about {height_m:metres}, and staying? ({source:word}) Tell where: kadenz trip add PLACE --arrive DATE":
        "Bist du auf etwa {height_m:metres}, und bleibst du? ({source:word}) Sag wo: kadenz trip add ORT --arrive DATUM",
    "Left on {since:word}.": "Abgereist am {since:word}.",
    "{count:count} samples: no journey": "{count:count} Messungen: keine Reise",
    "{count:count} lines left out": "{count:count} Zeilen ausgelassen",
    "pressure alone": "nur der Luftdruck",
    "position": "Position",
    "position and pressure": "Position und Luftdruck",
    "first seen": "zum ersten Mal gesehen",
    "first seen and pressure": "zum ersten Mal gesehen, und Luftdruck",
    "time spent there": "Zeit, die du dort warst",
    "time spent there and pressure": "Zeit, die du dort warst, und Luftdruck",
    "on the road after a flight": "unterwegs nach einem Flug",
    "on the road after a flight and pressure": "unterwegs nach einem Flug, und Luftdruck",
    "a place where nobody lives": "ein Ort, an dem niemand wohnt",
    # asking
    "run": "Lauf",
    "runs": "Läufe",
    "{more:count} more number with --json": "{more:count} weitere Zahl mit --json",
    "{more:count} more numbers with --json": "{more:count} weitere Zahlen mit --json",
}  # fmt: skip
