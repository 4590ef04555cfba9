"""German for the pages of the terminal: headings and lines of `today`, `me` and `why`, and a person's own page.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

PAGES: dict[str, str] = {
    # today and the coming days
    "{day:word}, until midnight; decision {id:word}": "{day:word}, bis Mitternacht; Entscheidung {id:word}",
    "Because": "Warum",
    "Why": "Warum",
    "Or": "Oder",
    "none applied": "keine nötig",
    "Rules: {rules:word}. `kadenz why {id:word}` shows": "Regeln: {rules:word}. `kadenz why {id:word}` zeigt alles,",
    "everything it rests on. General guidance, not medical advice.":
        "worauf das beruht. Allgemeine Hinweise, kein ärztlicher Rat.",
    "Left to your habits, a run today is {chance:word}; four of five such runs are {least_m:km} to {most_m:km}.":
        "Nach deiner Gewohnheit ist ein Lauf heute {chance:word}; vier von fünf solchen Läufen sind {least_m:km} "
        "bis {most_m:km} lang.",
    "{chance:count} % likely": "zu {chance:count} % wahrscheinlich",
    "{low:count} to {high:count} bpm": "{low:count} bis {high:beats}",
    "first session": "erste Einheit",
    "coming back": "kommt zurück",
    "walk and jog": "Gehen und Traben",
    "The coming days": "Die nächsten Tage",
    "Changed": "Geändert",
    " {weekday:word}: was {was:word}, now {now:word}, because: {why:word}":
        " {weekday:word}: war {was:word}, jetzt {now:word}, Grund: {why:word}",
    "`kadenz today --accept` accepts, `kadenz today --undo {day:word}` undoes.":
        "`kadenz today --accept` nimmt es an, `kadenz today --undo {day:word}` macht es rückgängig.",
    # a trial of one
    "We compare {first:word} with {second:word} on you. {today:word}.":
        "Wir vergleichen bei dir zwei Arten: {first:word} und {second:word}. {today:word}.",
    "Afterwards `kadenz trial rate N` (0 to 10) says how it went; leave with `kadenz trial leave`.":
        "Danach sagst du mit `kadenz trial rate N` (0 bis 10), wie es ging; mit `kadenz trial leave` hörst du auf.",
    "Today guide yourself by heart rate alone": "Richte dich heute nur nach dem Puls",
    "Today leave the heart rate aside and guide yourself by the words for effort alone":
        "Lass heute den Puls beiseite und richte dich nur nach den Worten für die Anstrengung",
    "Today: {style:word}": "Heute: {style:word}",
    "heart rate": "Puls",
    "effort words": "Worte für die Anstrengung",
    # what was said of oneself
    "You told me": "Du hast mir gesagt",
    "age": "Alter",
    "sex": "Geschlecht",
    "weight": "Gewicht",
    "height": "Größe",
    "experience": "Erfahrung",
    "goal": "Ziel",
    "longest recent run": "längster Lauf der letzten Zeit",
    "injuries": "Verletzungen",
    "maximal heart rate": "höchster Puls",
    "resting heart rate": "Ruhepuls",
    "beta-blockers": "Betablocker",
    "years": "Jahre",
    "kg": "kg",
    "m": "m",
    "beats/min": "Schläge/min",
    "VDOT": "VDOT",
    "s per km": "s pro km",
    "beats/min at the usual pace": "Schläge/min im üblichen Tempo",
    "yes": "ja",
    "nothing yet; `kadenz me --help` shows what helps": "noch nichts; `kadenz me --help` zeigt, was hilft",
    "I know no run of yours yet: `kadenz record` or `kadenz import` tells me most.":
        "Ich kenne noch keinen Lauf von dir: `kadenz record` oder `kadenz import` sagt mir am meisten.",
    "Home seems to be near {home:word}.": "Dein Zuhause liegt wohl bei {home:word}.",
    # what is believed
    "What I believe of you": "Was ich über dich annehme",
    "each with its doubt; nine times in ten it lies within":
        "jeweils mit Spielraum; in neun von zehn Fällen liegt es darin",
    "race fitness (VDOT)": "Rennform (VDOT)",
    "usual pace": "übliches Tempo",
    "altitude at home": "Höhe zu Hause",
    "used to the altitude": "gewohnte Höhe",
    "longest run, 30 days": "längster Lauf, 30 Tage",
    "usual week": "übliche Woche",
    "run {id:word}": "Lauf {id:word}",
    "{runs:count} runs ({left_out:count} left out as doubtful)":
        "{runs:count} Läufe ({left_out:count} zweifelhafte nicht gezählt)",
    "heart rate of a run at {usual:pace}": "Puls bei einem Lauf mit {usual:pace}",
    "{runs:count} run with heart rate": "{runs:count} Lauf mit Puls",
    "{count:count} runs with heart rate": "{count:count} Läufe mit Puls",
    "a run today, by habit": "ein Lauf heute, nach Gewohnheit",
    "{low:word} to {high:word}": "{low:word} bis {high:word}",
    "{low:count} to {high:beats}": "{low:count} bis {high:beats}",
    "{least_m:km} to {most_m:km}": "{least_m:km} bis {most_m:km}",
    "not known": "nicht bekannt",
    "{text:word}; {tells:word} would tell": "{text:word}; das würde es zeigen: {tells:word}",
    "a race result, or a brisk run of 1.5 km or more": "ein Rennergebnis, oder ein zügiger Lauf ab 1,5 km",
    "a run in the last 30 days": "ein Lauf in den letzten 30 Tagen",
    "three runs with a heart-rate strap": "drei Läufe mit Pulsgurt",
    "any activity recorded or imported": "ein aufgezeichneter oder eingelesener Lauf oder anderer Sport",
    "a run with a position": "ein Lauf mit Position",
    'a sensor, or `kadenz checkin "hot today, 28 degrees"`': 'ein Sensor, oder `kadenz checkin "heute heiß, 28 Grad"`',
    "`kadenz me set weight 70`": "`kadenz me set weight 70`",
    '`kadenz checkin "slept badly"`': '`kadenz checkin "schlecht geschlafen"`',
    '`kadenz checkin "stress at work"`': '`kadenz checkin "Stress bei der Arbeit"`',
    "choosing another session for a day": "wenn du für einen Tag eine andere Einheit wählst",
    '`kadenz me set goal "10 km"` or `kadenz race add`': '`kadenz me set goal "10 km"` oder `kadenz race add`',
    "you usually run at {usual:pace}, most runs between {fast:pace} and {slow:pace}":
        "du läufst sonst {usual:pace}, die meisten Läufe zwischen {fast:pace} und {slow:pace}",
    "highest heart rate about {top:beats}, between {low:count} and {high:beats}":
        "höchster Puls etwa {top:beats}, zwischen {low:count} und {high:beats_dative}",
    "a run at {usual:pace} takes {bpm:beats}, single runs {low:count} to {high:beats}":
        "bei {usual:pace} liegt dein Puls um {bpm:beats}, in einzelnen Läufen zwischen {low:count} und {high:beats_dative}",
    "{place:word}: {state:word}; next: {then:word}": "{place:word}: {state:word}; weiter geht es, {then:word}",
    "{place:word}: {state:word}, last said {felt:of_ten}; next: {then:word}":
        "{place:word}: {state:word}, zuletzt {felt:of_ten}; weiter geht es, {then:word}",
    "you named: {named:word}": "du hast genannt: {named:word}",
    "home lies at about {home_m:metres}": "dein Zuhause liegt auf etwa {home_m:metres}",
    "your body is used to about {used_m:metres}": "dein Körper ist etwa {used_m:metres} gewohnt",
    "heat stress today (WBGT) {wbgt_c:degrees}, between {low_c:count} and {high_c:degrees}":
        "Hitzeindex heute (WBGT) {wbgt_c:degrees}, zwischen {low_c:count} und {high_c:degrees}",
    "last said: {what:word}; {times:word} in seven days": "zuletzt gesagt: {what:word}; {times:word} in sieben Tagen",
    "bad": "schlecht",
    "good": "gut",
    "once": "einmal",
    "{count:count} times": "{count:count} Mal",
    "you chose another session on {chosen:count} days, most often {most:word}":
        "du hast an {chosen:count} Tagen eine andere Einheit gewählt, am häufigsten: {most:word}",
    "you chose another session on one day, most often {most:word}":
        "du hast an einem Tag eine andere Einheit gewählt: {most:word}",
    "{phase:word}: last run {since:ago}": "{phase:word}: letzter Lauf {since:ago}",
    "{phase:word}: no run yet": "{phase:word}: noch kein Lauf",
    "new": "neu",
    "active": "aktiv",
    "drifting": "länger nicht gelaufen",
    "returning": "auf dem Weg zurück",
    "today": "heute",
    "tomorrow": "morgen",
    "in {ahead:count} days": "in {ahead:count} Tagen",
    "{sport:word} {share:count} %": "{sport:word} {share:count} %",
    # parts, groups and sports by their names
    "fitness": "Form",
    "endurance": "Ausdauer",
    "load": "Belastung",
    "altitude": "Höhe",
    "heat": "Hitze",
    "preferences": "Vorlieben",
    "phase": "Zeit mit Kadenz",
    "level": "Stand",
    "injury": "Verletzung",
    "home": "Zuhause",
    "unknown": "nicht bekannt",
    "regular": "regelmäßig",
    "marathon": "Marathon",
    "under 18": "unter 18",
    "18 to 34": "18 bis 34",
    "35 to 49": "35 bis 49",
    "50 to 64": "50 bis 64",
    "65 and over": "65 und älter",
    "race up to 15 km": "Rennen bis 15 km",
    "half or marathon": "Halbmarathon oder Marathon",
    "health": "Gesundheit",
    "hurts now": "tut gerade weh",
    "named in the profile": "im Profil genannt",
    "none said": "keine genannt",
    "below 1,000 m": "unter 1.000 m",
    "1,000 to 2,000 m": "1.000 bis 2.000 m",
    "above 2,000 m": "über 2.000 m",
    "{runs:count} runs, {week:count} km in a week of late": "{runs:count} Läufe, zuletzt {week:count} km in der Woche",
    "no run yet": "noch kein Lauf",
    '; you said "{label:word}"': "; du hast gesagt: „{label:word}“",
    "you have not said your age": "du hast dein Alter nicht gesagt",
    "you said {years:count} years": "du hast gesagt: {years:count} Jahre",
    "a race of {race_m:km} is entered": "ein Rennen über {race_m:km} ist eingetragen",
    'you said "{goal:word}"': "du hast gesagt: „{goal:word}“",
    "no race entered and no goal said": "kein Rennen eingetragen und kein Ziel gesagt",
    "you said: {said:word}": "du hast gesagt: {said:word}",
    "you told me of no pain that lasts": "du hast von keinem anhaltenden Schmerz gesprochen",
    "no run has told where home is": "kein Lauf hat gezeigt, wo du wohnst",
    "most runs begin near {home_m:metres} ({source:word})":
        "die meisten Läufe beginnen auf etwa {home_m:metres} ({source:word})",
    "running": "Laufen",
    "cycling": "Radfahren",
    "walking": "Gehen",
    "hiking": "Wandern",
    "swimming": "Schwimmen",
    "rowing": "Rudern",
    "training": "Training",
    "generic": "Sport",
    # sources
    "measured on the run": "auf dem Lauf gemessen",
    "measured on your runs there": "bei deinen Läufen dort gemessen",
    "where most of your runs start": "wo die meisten deiner Läufe beginnen",
    "where your latest run started": "wo dein letzter Lauf begann",
    "your latest run": "dein letzter Lauf",
    "inferred from where your runs start": "daraus erschlossen, wo deine Läufe beginnen",
    "nearest place in GeoNames": "nächster Ort in GeoNames",
    "place table": "Ortstabelle",
    "your last {count:count} runs": "deine letzten {count:count} Läufe",
    "sentence {count:count}": "Satz {count:count}",
    "substitutes by body area": "Ersatz je nach Körperteil",
    "measured, or by time without heart rate": "gemessen, oder nach der Zeit, wenn der Puls fehlt",
    "your last run": "dein letzter Lauf",
    "your own runs": "deine eigenen Läufe",
    "you said (sentence {count:count})": "deine Angabe (Satz {count:count})",
    "model of you {name:word}": "Modell von dir {name:word}",
    "rules": "Regeln",
    "rules, because the model of you cannot be read": "Regeln, weil das Modell von dir nicht lesbar ist",
    "a guess": "geschätzt",
    "groups": "Gruppen",
    # what runs do
    "What runs do to you": "Was Läufe bei dir bewirken",
    "what followed in your diary, not a proof of cause": "was in deinem Tagebuch folgte, kein Beweis einer Ursache",
    "{runs:count} run": "{runs:count} Lauf",
    "{runs:count} runs": "{runs:count} Läufe",
    "you told of a new pain after {middle:count} % of them ({low:count} to {high:count} %)":
        "nach {middle:count} % davon hast du von neuem Schmerz erzählt ({low:count} bis {high:count} %)",
    "too few runs to compare yet (it takes {fewest:count} runs with another within two days, from {months:count} months)":
        "noch zu wenige Läufe zum Vergleichen (es braucht {fewest:count} Läufe, nach denen binnen zwei Tagen wieder "
        "einer kam, verteilt über {months:count} Monate)",
    "next run's heart rate as usual (within {most:beats})": "Puls beim nächsten Lauf wie sonst (auf {most:beats} genau)",
    "next run's heart rate {by:beats} {way:word} ({first:count} to {last:beats})":
        "Puls beim nächsten Lauf {by:beats} {way:word} ({first:count} bis {last:beats})",
    "People like you": "Menschen wie du",
    "You corrected": "Du hast berichtigt",
    "this wins": "das gilt",
    "usual-pace": "übliches Tempo",
    "heart-rate": "Puls",
    "max-hr": "höchster Puls",
    "rest-hr": "Ruhepuls",
    "longest-km": "längster Lauf in km",
    "used-to-altitude": "gewohnte Höhe",
    "nothing learned": "nichts gelernt",
    "learned: {value:word}": "gelernt: {value:word}",
    "New to you, and when": "Neu für dich, und wann",
    "one personal element a week at most": "höchstens eine persönliche Sache in der Woche",
    "heart-rate band": "eigener Pulsbereich",
    "own responses": "was Läufe bei dir bewirken",
    "discovery": "Neues",
    "asked": "gefragt",
    "kept": "bleibt",
    'You said "{label:word}"; {why:word}. Your word stands until you say `kadenz me set experience {other:word}` or `kadenz '
    "me set experience --keep`.":
        "Du hast gesagt: „{label:word}“; {why:word}. Dein Wort gilt, bis du `kadenz me set experience {other:word}` oder "
        "`kadenz me set experience --keep` sagst.",
    "nothing yet": "noch nichts",
    # what was said, by number
    "there is nothing to take back": "es gibt nichts zurückzunehmen",
    "sentence {number:count} is not in the diary, or was taken back before":
        "Satz {number:count} steht nicht im Tagebuch oder wurde schon zurückgenommen",
    'Taken back: number {number:count}, "{text:word}"': "Zurückgenommen: Nummer {number:count}, „{text:word}“",
    "taken back": "zurückgenommen",
    'Nothing yet: kadenz checkin "slept badly, left knee 3/10 on stairs"':
        'Noch nichts: kadenz checkin "schlecht geschlafen, linkes Knie 3/10 auf der Treppe"',
    # edits
    "there is no change to undo": "es gibt keine Änderung, die rückgängig zu machen wäre",
    "Taken back: {last:word}.": "Zurückgenommen: {last:word}.",
    "say: set NAME VALUE, correct NAME VALUE, forget NAME, or set experience --keep":
        "sag: set NAME WERT, correct NAME WERT, forget NAME, oder set experience --keep",
    'experience stays "{label:word}"': "Erfahrung bleibt „{label:word}“",
    "Kept: {words:word}. I shall not ask again.": "Gemerkt: {words:word}. Ich frage nicht wieder.",
    "Kept: {name:word} is {value:word}, because you said so.": "Gemerkt: {name:word} ist {value:word}, wie du gesagt hast.",
    "Kept: {name:word} is {value:word}. It stands beside what I learned, and wins.":
        "Gemerkt: {name:word} ist {value:word}. Es steht neben dem, was ich gelernt habe, und gilt.",
    " It counts only where it is lower than what I learned: a rule rests on it.":
        " Es zählt nur, wo es niedriger ist als das Gelernte: Eine Regel beruht darauf.",
    "{name:word}: you said and corrected nothing; what is learned comes from your runs":
        "{name:word}: du hast dazu nichts gesagt und nichts berichtigt; das Gelernte kommt aus deinen Läufen",
    "{name:word} forgotten": "{name:word} vergessen",
    "Forgotten: what you said of {name:word}. I go by what your runs tell, where they tell it.":
        "Vergessen: was du zu {name:word} gesagt hast. Ich richte mich nach deinen Läufen, wo sie etwas sagen.",
    "Today stays as it is: {now:word}": "Heute bleibt, wie es ist: {now:word}",
    " (the heart rate moved)": " (der Puls hat sich geändert)",
    "Today was: {was:word}\nNow: {now:word}{same:word}\nBecause: {why:word}":
        "Heute war: {was:word}\nJetzt: {now:word}{same:word}\nGrund: {why:word}",
    # why
    "({id:word}, until {until:word})": "({id:word}, bis {until:word})",
    "Rules": "Regeln",
    "no race model took part": "kein Wettkampfmodell war beteiligt",
    "{model:word}, inputs {inputs:word}": "{model:word}, Eingaben {inputs:word}",
    "model {model:word}": "Modell {model:word}",
    "from {evidence:word}": "aus: {evidence:word}",
    "Computed again it is NOT the same: an input was changed, or the coach has a new version.":
        "Neu gerechnet ist es NICHT dasselbe: Eine Eingabe wurde geändert, oder der Coach hat eine neue Version.",
    "Computed again from its stored inputs: the same, bit for bit, {diary:word}.":
        "Aus den gespeicherten Eingaben neu gerechnet: dasselbe, Bit für Bit, {diary:word}.",
    "and the diary still says the same": "und das Tagebuch sagt noch dasselbe",
    "though the diary has changed since (runs were added)":
        "aber das Tagebuch hat sich seitdem geändert (Läufe kamen dazu)",
}  # fmt: skip
