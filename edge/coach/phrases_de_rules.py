"""German for the rules as people may read them, text and source (`edge.coach.rules.texts`), and for evidence.

The rule of this file: as in `phrases_de`; authors, years and names of studies stay as they are.
"""

from __future__ import annotations

RULES_DE: dict[str, str] = {
    "No training run is longer than 110 % of the longest valid run of the last 30 days, today included.":
        "Kein Trainingslauf ist länger als 110 % des längsten gültigen Laufs der letzten 30 Tage, heute eingeschlossen.",
    "Frandsen et al., BJSM 2025 (5,205 runners): injury hazard 1.64 (1.31-2.05) above 10 to 30 %":
        "Frandsen et al., BJSM 2025 (5.205 Menschen): Verletzungsrisiko 1,64-fach (1,31 bis 2,05) bei 10 bis 30 % darüber",
    "After 14 days or more without a run, start again at 50 to 60 % of the longest run before the break; 60 % at most for a "
    "week, 80 % at most for a second, nothing hard in both; no further than the usual run.":
        "Nach 14 Tagen oder mehr ohne Lauf fang mit 50 bis 60 % des längsten Laufs vor der Pause an; eine Woche höchstens "
        "60 %, eine zweite höchstens 80 %, in beiden nichts Hartes; nicht weiter als der übliche Lauf.",
    "coaching practice; Mujika and Padilla 2000 on detraining":
        "Praxis im Training; Mujika und Padilla 2000 über den Verlust an Form",
    "With no run known, the first session is short, easy and may be walked; what a person states as their longest run "
    "counts to 60 %.":
        "Ohne bekannten Lauf ist die erste Einheit kurz und locker und darf gegangen werden; was jemand als längsten Lauf "
        "nennt, zählt zu 60 %.",
    "coaching practice; ACSM guidelines 2015: start low, go slow":
        "Praxis im Training; ACSM-Leitlinien 2015: klein anfangen, langsam steigern",
    "With an injury or pain stated there is nothing hard and nothing long, at most 70 % of the usual distance.":
        "Bei genannter Verletzung oder Schmerz nichts Hartes und nichts Langes, höchstens 70 % der üblichen Strecke.",
    "project guard-rail: pain or injury -> no quality, no long run; 3/10 or altered gait -> stop":
        "Schutzregel von Kadenz: bei Schmerz oder Verletzung kein hartes Training, kein langer Lauf; ab 3/10 oder bei "
        "verändertem Gang aufhören",
    "No hard and no long run on the day of, or the day after, a hard or long run.":
        "Kein harter und kein langer Lauf am Tag eines harten oder langen Laufs oder am Tag danach.",
    "hard-easy principle, coaching practice; about 80 % of running easy":
        "Wechsel von hart und locker, Praxis im Training; etwa 80 % des Laufens locker",
    "After a race nothing hard or long for 2 to 10 days by distance; from 30 km on, two days without running.":
        "Nach einem Rennen je nach Strecke 2 bis 10 Tage nichts Hartes oder Langes; ab 30 km zwei Tage ohne Laufen.",
    "coaching practice": "Praxis im Training",
    "No more days in a row than the person's rhythm: 1 day for newcomers, 2 days below 3.5 runs a week, 6 days at most.":
        "Nicht mehr Tage in Folge, als dein Rhythmus ist: 1 Tag am Anfang, 2 Tage unter 3,5 Läufen in der Woche, höchstens "
        "6 Tage.",
    "One run a day is enough for this plan: what was run today counts.":
        "Ein Lauf am Tag genügt für diesen Plan: Was heute gelaufen wurde, zählt.",
    "In the first 48 h above 1,500 m the person is not used to, targets are by effort and nothing is hard.":
        "In den ersten 48 h über 1.500 m, die du nicht gewohnt bist, gilt das Gefühl, und nichts ist hart.",
    "project guard-rail; 1,700 m: performance still reduced at 47 h":
        "Schutzregel von Kadenz; auf 1.700 m ist die Leistung nach 47 h noch geringer",
    "In the first 48 h above 2,500 m the person is not used to, only easy running, three quarters as far.":
        "In den ersten 48 h über 2.500 m, die du nicht gewohnt bist, nur lockeres Laufen, drei Viertel so weit.",
    "project guard-rail; Wilderness Medical Society 2024 on acute mountain sickness":
        "Schutzregel von Kadenz; Wilderness Medical Society 2024 über akute Höhenkrankheit",
    "With beta-blockers or the like, effort in words replaces every heart-rate target; pace has no slow end.":
        "Mit Betablockern oder Ähnlichem stehen Worte für die Anstrengung statt jedes Pulsziels; das Tempo hat kein "
        "langsames Ende.",
    "project guard-rail: beta-blockers hold heart rate down":
        "Schutzregel von Kadenz: Betablocker halten den Puls niedrig",
    "Under 18: nothing hard by plan, one hour at most, and a guardian should know.":
        "Unter 18: nichts Hartes nach Plan, höchstens eine Stunde, und die Eltern oder Betreuenden sollten es wissen.",
    "project guard-rail for minors": "Schutzregel von Kadenz für Minderjährige",
    "Before a race volume falls by 41 to 60 % over 7 to 21 days; the last long run ends 8 days before it.":
        "Vor einem Rennen sinkt der Umfang über 7 bis 21 Tage um 41 bis 60 %; der letzte lange Lauf liegt 8 Tage davor.",
    "taper meta-analysis 2023: up to 21 days, volume -41 to -60 %, intensity kept":
        "Meta-Analyse 2023 zum Verringern vor Rennen: bis 21 Tage, Umfang -41 bis -60 %, Tempo bleibt",
    "Without the race model, pace rests on Riegel's formula; it is used, and said, only then.":
        "Ohne das Wettkampfmodell beruht das Tempo auf der Formel von Riegel; nur dann, und dann wird es gesagt.",
    "Riegel 1981: t2 = t1 (d2 / d1) ^ 1.06": "Riegel 1981: t2 = t1 (d2 / d1) ^ 1,06",
    "Where the model of one person cannot be read, pace and heart rate are by rules alone; it is said, only then.":
        "Wo das Modell von dir nicht lesbar ist, kommen Tempo und Puls nur aus Regeln; nur dann, und dann wird es gesagt.",
    "the person model's card (models/CARD.md)": "die Karte des Modells (models/CARD.md)",
    "An entered race is exempt from the limit of 110 %.": "Ein eingetragenes Rennen ist von den 110 % ausgenommen.",
    "the person's own choice": "deine eigene Wahl",
    "Chest pain, fainting, unusual breathlessness, a racing or irregular heart, a hot swollen calf and the like: stop, seek "
    "help, no training advice at all, until the person says that a clinician cleared it.":
        "Brustschmerz, Ohnmacht, ungewohnte Atemnot, ein rasendes oder unregelmäßiges Herz, eine heiße, geschwollene Wade "
        "und Ähnliches: aufhören, Hilfe suchen, kein Trainingsrat, bis du sagst, dass es ärztlich abgeklärt ist.",
    "project guard-rail; ACSM preparticipation screening 2015: signs and symptoms need medical clearance":
        "Schutzregel von Kadenz; ACSM 2015: Warnzeichen müssen ärztlich abgeklärt werden",
    "With fever rest: until 48 h after the person says it is gone (7 days after they last spoke of it, when they do not), "
    "then nothing hard or long for another week.":
        "Bei Fieber Ruhe: bis 48 h, nachdem du sagst, dass es weg ist (sonst 7 Tage, nachdem du zuletzt davon gesprochen "
        "hast), dann noch eine Woche nichts Hartes oder Langes.",
    "Friman and Wesslén 2000 on infection and exercise: rest with fever; 24 to 48 h is practice, the longer is taken":
        "Friman und Wesslén 2000 über Infekt und Sport: Ruhe bei Fieber; üblich sind 24 bis 48 h, genommen wird das Längere",
    "Ill below the neck (cough, stomach, aching limbs, or not said where): rest until a day after it is over, three days when "
    "nothing more is said, nothing hard for a week. A cold above the neck: easy and short for two days.":
        "Krank unterhalb des Halses (Husten, Magen, Gliederschmerzen, oder nicht gesagt wo): Ruhe bis einen Tag, nachdem es "
        "vorbei ist, drei Tage, wenn nichts mehr gesagt wird, eine Woche nichts Hartes. Erkältung oberhalb des Halses: zwei "
        "Tage locker und kurz.",
    "neck check, Eichner 1993; coaching practice": "Hals-Regel, Eichner 1993; Praxis im Training",
    "Pain of 3 or 4 of 10: walk and jog by turns at most, or a substitute; no race.":
        "Schmerz von 3 oder 4 von 10: höchstens Gehen und Traben im Wechsel, oder ein Ersatz; kein Rennen.",
    "Thomeé 1997, Silbernagel 2007: 3 to 5 of 10 is acceptable if gone the next morning; one step stricter here":
        "Thomeé 1997, Silbernagel 2007: 3 bis 5 von 10 gehen, wenn es am nächsten Morgen weg ist; hier eine Stufe strenger",
    "Pain of 5 or more of 10, pain that grew from one day to the next, pain of 3 or more while only walking is allowed, "
    "or a limp: no running, no race; a substitute that spares the place.":
        "Schmerz ab 5 von 10, Schmerz, der von einem Tag zum nächsten stärker wurde, Schmerz ab 3, solange nur Gehen erlaubt "
        "ist, oder Hinken: kein Laufen, kein Rennen; ein Ersatz, der die Stelle schont.",
    "Thomeé 1997, Silbernagel 2007: above 5 of 10 is unacceptable":
        "Thomeé 1997, Silbernagel 2007: über 5 von 10 ist zu viel",
    "Stopped for more than 7 days, or eased for more than 14: no running, and a clinician should look at it.":
        "Mehr als 7 Tage ohne Laufen, oder mehr als 14 Tage geschont: kein Laufen, und es sollte ärztlich angesehen werden.",
    "project guard-rail; coaching practice": "Schutzregel von Kadenz; Praxis im Training",
    "Signs of bone stress in foot, shin, hip or groin (pain at rest, at night, on one point, growing): no running and no "
    "substitute until a clinician has cleared it.":
        "Zeichen eines überlasteten Knochens in Fuß, Schienbein, Hüfte oder Leiste (Schmerz in Ruhe, nachts, an einem Punkt, "
        "zunehmend): kein Laufen und kein Ersatz, bis es ärztlich abgeklärt ist.",
    "Warden 2014 and Kahanov 2015 on bone stress injuries: delay makes them worse":
        "Warden 2014 und Kahanov 2015 über überlastete Knochen: Warten macht es schlimmer",
    "Back after an injury rung by rung: walk, walk-run, short easy, easy, full. A rung is earned by days, a run, and a pain "
    "of 2 of 10 at most said the day after; silence is asked about.":
        "Nach einer Verletzung Stufe für Stufe zurück: Gehen, Gehen und Traben, kurz locker, locker, wie sonst. Eine Stufe "
        "verdienst du mit Tagen, einem Lauf und höchstens 2 von 10 Schmerz am Tag danach; wird nichts gesagt, frage ich.",
    "Silbernagel 2007 and Warden 2014: graded return led by pain; the days on each rung are an assumption":
        "Silbernagel 2007 und Warden 2014: Rückkehr in Stufen nach dem Schmerz; die Tage je Stufe sind eine Annahme",
    "Painkillers mask pain: nothing hard or long for 24 h. With antibiotics nothing hard until a week after; with "
    "fluoroquinolones nothing hard or long for 30 days and any tendon pain stops.":
        "Schmerzmittel verdecken Schmerz: 24 h nichts Hartes oder Langes. Mit Antibiotika nichts Hartes bis eine Woche "
        "danach; mit Fluorchinolonen 30 Tage nichts Hartes oder Langes, und bei jedem Sehnenschmerz aufhören.",
    "FDA warnings 2008 and 2016 on fluoroquinolones and tendons; Khaliq and Zhanel 2003: half of all within 8 days":
        "FDA-Warnungen 2008 und 2016 zu Fluorchinolonen und Sehnen; Khaliq und Zhanel 2003: die Hälfte innerhalb von 8 Tagen",
    "Pregnant: by effort, no pace or heart-rate target to chase, nothing hard or long, an hour at most, no race, no heat "
    "from the red flag on, no running above 2,500 m that the body is not used to; warning signs stop.":
        "Schwanger: nach Gefühl, kein Ziel für Tempo oder Puls, nichts Hartes oder Langes, höchstens eine Stunde, kein "
        "Rennen, keine Hitze ab der roten Flagge, kein Laufen über 2.500 m, die der Körper nicht gewohnt ist; bei "
        "Warnzeichen aufhören.",
    "ACOG committee opinion 804 (2020); the hour, and 2,500 m, are project guard-rails":
        "ACOG, Stellungnahme 804 (2020); die Stunde und die 2.500 m sind Schutzregeln von Kadenz",
    "After birth: walking for six weeks, low impact to twelve, then walk and jog by turns to sixteen, and nothing hard, long "
    "or raced for half a year; heaviness, leaking or bleeding: see a clinician.":
        "Nach der Geburt: sechs Wochen Gehen, bis zur zwölften sanfter Sport, bis zur sechzehnten Gehen und Traben im "
        "Wechsel, und ein halbes Jahr nichts Hartes, nichts Langes und kein Rennen; bei Schweregefühl, Inkontinenz oder Blutung lass "
        "es ärztlich ansehen.",
    "Goom, Donnelly and Brockwell 2019: running is not advisable before 3 months; the later steps are an assumption":
        "Goom, Donnelly und Brockwell 2019: Laufen vor 3 Monaten ist nicht ratsam; die späteren Stufen sind eine Annahme",
    "With a body-mass index below 18.5, or a weight goal that leads there: nothing hard, long or raced, 45 minutes at most, "
    "a clinician should know; nothing here ever helps to lose weight.":
        "Bei einem Body-Mass-Index unter 18,5, oder einem Gewichtsziel, das dorthin führt: nichts Hartes, nichts Langes und kein "
        "Rennen, höchstens 45 Minuten, eine Praxis sollte es wissen; nichts hier hilft je beim Abnehmen.",
    "WHO: below 18.5 is underweight; IOC 2023 consensus on REDs":
        "WHO: unter 18,5 ist Untergewicht; IOC-Konsens 2023 zu RED-S",
    "Missed periods, stress fractures, weight falling by more than 1 % a week or other signs of too little energy: nothing "
    "hard, long or raced, 45 minutes at most, a clinician should look; no advice to eat less, ever.":
        "Ausgebliebene Perioden, Ermüdungsbrüche, mehr als 1 % Gewichtsverlust in der Woche oder andere Zeichen von zu wenig "
        "Energie: nichts Hartes, nichts Langes und kein Rennen, höchstens 45 Minuten, es sollte ärztlich angesehen werden; nie ein "
        "Rat, weniger zu essen.",
    "IOC 2023 consensus on REDs and its assessment tool CAT2; 1 % a week is a project guard-rail":
        "IOC-Konsens 2023 zu RED-S und der Fragebogen CAT2; 1 % in der Woche ist eine Schutzregel von Kadenz",
    "Tired today or yesterday: nothing hard or long; very tired: at most 60 % of the usual distance.":
        "Müde heute oder gestern: nichts Hartes oder Langes; sehr müde: höchstens 60 % der üblichen Strecke.",
    "After a bad night nothing hard or long.": "Nach einer schlechten Nacht nichts Hartes oder Langes.",
    "On a day of high stress or low mood nothing hard or long.":
        "An einem Tag mit viel Stress oder trüber Stimmung nichts Hartes oder Langes.",
    "In the 24 h after a night shift nothing hard or long.":
        "In den 24 h nach einer Nachtschicht nichts Hartes oder Langes.",
    "Signs of mountain sickness, or a headache above 2,000 m: no higher, no running until they are gone; down if they get "
    "worse. Unsteady, confused or breathless at rest: down at once and call for help.":
        "Zeichen der Höhenkrankheit, oder Kopfschmerz über 2.000 m: nicht höher, kein Laufen, bis sie weg sind; absteigen, "
        "wenn sie schlimmer werden. Unsicher auf den Beinen, verwirrt oder atemlos in Ruhe: sofort absteigen und Hilfe rufen.",
    "Wilderness Medical Society 2024: no ascent with symptoms, descent if they worsen; from 2,000 m is an assumption":
        "Wilderness Medical Society 2024: kein Aufstieg mit Beschwerden, Abstieg, wenn sie zunehmen; ab 2.000 m ist eine "
        "Annahme",
    "By WBGT, its unsafe end: from 18 °C by effort, from 23 °C nothing hard or long, from 28 °C no running outdoors and no "
    "race; one flag earlier for people at risk. A climate table alone never forbids running.":
        "Nach dem Hitzeindex WBGT, an seinem unsicheren Ende: ab 18 °C nach Gefühl, ab 23 °C nichts Hartes oder Langes, ab "
        "28 °C kein Laufen draußen und kein Rennen; für gefährdete Menschen eine Flagge früher. Eine Klimatabelle allein "
        "verbietet nie das Laufen.",
    "ACSM position stands 1996 and 2007 (flags at 18, 23 and 28 °C)":
        "ACSM, Stellungnahmen 1996 und 2007 (Flaggen bei 18 °C, 23 °C und 28 °C)",
    "The time that was said for today is the most a session takes; below ten minutes it is rest.":
        "Eine Einheit dauert höchstens die Zeit, die für heute gesagt wurde; unter zehn Minuten ist Ruhetag.",
    "the person's own word": "dein eigenes Wort",
    "A day that was said to be none for running is a rest day.":
        "Ein Tag, von dem du sagst, dass Laufen nicht geht, ist ein Ruhetag.",
    "A wish to set a rule aside changes no rule, and is answered.":
        "Der Wunsch, eine Regel zu übergehen, ändert keine Regel und bekommt eine Antwort.",
    "project guard-rail: rules stand above model and feedback":
        "Schutzregel von Kadenz: Regeln stehen über Modell und Rückmeldung",
    "What provoked pain in this person's own runs is kept below what was borne; it only takes away, stands below every other "
    "rule, and is a pattern, no diagnosis.":
        "Was in deinen eigenen Läufen Schmerz auslöste, bleibt unter dem, was du vertragen hast; das nimmt nur weg, steht "
        "unter jeder anderen Regel, und ist ein Muster, keine Diagnose.",
    "the person's own runs and words, models.provoke; simulated evidence only (docs/choose.md)":
        "deine eigenen Läufe und Worte, models.provoke; belegt nur an simulierten Menschen (docs/choose.md)",
    "An entered race: no start with a red flag, fever, illness below the neck, mountain sickness, a black flag, an injury "
    "that is not back to full running, in pregnancy, in the half year after birth, or with signs of REDs; else go, if the "
    "morning agrees.":
        "Ein eingetragenes Rennen: kein Start bei Warnzeichen, Fieber, Krankheit unterhalb des Halses, Höhenkrankheit, "
        "schwarzer Flagge, einer Verletzung, die noch nicht wieder volles Laufen erlaubt, in der Schwangerschaft, im halben "
        "Jahr nach der Geburt oder bei Zeichen von RED-S; sonst los, wenn der Morgen zustimmt.",
    "project guard-rail; ACSM 2007: cancel or withdraw above 28 °C WBGT":
        "Schutzregel von Kadenz; ACSM 2007: absagen oder aussteigen über 28 °C WBGT",
    # evidence
    "your diary": "dein Tagebuch",
}  # fmt: skip
