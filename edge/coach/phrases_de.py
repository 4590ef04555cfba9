"""German for the sentences of `edge.coach.phrases`: the English sentence is the key, the gaps are the same.

The rule of this file: data only; "du", plain words, and a number never without its unit.
"""

from __future__ import annotations

GERMAN: dict[str, str] = {
    # distance, breaks, rhythm
    "Your longest valid run of the last 30 days is {longest_m:km} ({longest_s:minutes}); no training run goes "
    "beyond 110 % of it, {limit_m:km}.":
        "Dein längster gültiger Lauf der letzten 30 Tage hat {longest_m:km} ({longest_s:minutes}); kein Trainingslauf "
        "geht über 110 % davon, {limit_m:km}.",
    "Your last run was {since_days:ago}: the body counts that as a new start, so the first session is "
    "{duration_s:minutes}, walking included.":
        "Dein letzter Lauf war {since_days:ago}: Für den Körper ist das ein neuer Anfang, darum dauert die erste "
        "Einheit {duration_s:minutes}, Gehen eingeschlossen.",
    "I know no run of yours yet, so this is a careful guess from what you told me: {duration_s:minutes}, "
    "walking included. After one recorded run I will know far better.":
        "Ich kenne noch keinen Lauf von dir. Nach dem, was du gesagt hast, ist das vorsichtig geschätzt: "
        "{duration_s:minutes}, Gehen eingeschlossen. Nach einem aufgezeichneten Lauf weiß ich viel mehr.",
    "You have not run for {gap_days:days}": "Du bist {gap_days:days} nicht gelaufen",
    "{ended_days:ago} you came back from {gap_days:days} without a run":
        "{ended_days:ago} bist du nach {gap_days:days_dative} ohne Lauf zurückgekommen",
    "{when:word}; your longest run in the 30 days before was {former_m:km}, so for now at most {share:percent} of "
    "that, {limit_m:km}, and nothing hard.":
        "{when:word}; dein längster Lauf in den 30 Tagen davor hatte {former_m:km}, darum vorerst höchstens "
        "{share:percent} davon, {limit_m:km}, und nichts Hartes.",
    "No recent run to measure by.": "Kein Lauf der letzten Zeit, an dem ich messen kann.",
    "You have already run {run_m:km} today.": "Du bist heute schon {run_m:km} gelaufen.",
    "Your last hard or long run was {since_days:ago}, so today stays easy.":
        "Dein letzter harter oder langer Lauf war {since_days:ago}, darum bleibt es heute locker.",
    "rest": "Ruhetag",
    "{own_m:km}": "{own_m:km}",
    "You chose this for today: {words:word}.": "Das hast du für heute gewählt: {words:word}.",
    "Today {share:percent} of that longest run, {today_m:km}, is enough: a start, not a test.":
        "Heute reichen {share:percent} dieses längsten Laufs, {today_m:km}: ein Anfang, keine Prüfung.",
    "Your usual run is {usual_m:km}; no more today: a start, not a test.":
        "Dein üblicher Lauf hat {usual_m:km}; mehr braucht es heute nicht: ein Anfang, keine Prüfung.",
    "With {often:rate} runs a week, a day off after each run is your rhythm. Rest is when the training takes.":
        "Bei {often:rate} Läufen in der Woche ist ein freier Tag nach jedem Lauf dein Rhythmus. In der Ruhe wirkt das "
        "Training.",
    "You ran on {runs:days} of the last six, after {gap:days} without a run: a day between two runs lets the body "
    "take it in.":
        "Du bist an {runs:days_dative} der letzten sechs gelaufen, nach {gap:days_dative} ohne Lauf: Ein Tag zwischen "
        "zwei Läufen lässt den Körper nachkommen.",
    "You have run {in_a_row:days} in a row; with {often:rate} runs a week, {allowed:days} in a row is your "
    "rhythm. Rest is when the training takes.":
        "Du bist {in_a_row:days} in Folge gelaufen; bei {often:rate} Läufen in der Woche sind {allowed:days} in Folge "
        "dein Rhythmus. In der Ruhe wirkt das Training.",
    "You ran on {runs:days} of the last six, {week_m:km}; your weeks lately had {often:rate} runs. This one has "
    "had its share.":
        "Du bist an {runs:days_dative} der letzten sechs gelaufen, {week_m:km}; deine Wochen hatten zuletzt "
        "{often:rate} Läufe. Diese hat ihren Teil schon.",
    "Two days before {race:word}: rest.": "Noch zwei Tage bis {race:word}: Ruhetag.",
    "{ahead:days} to {race:word}: about {share:percent} of the usual distance, so that you stand fresh.":
        "Noch {ahead:days} bis {race:word}: etwa {share:percent} der üblichen Strecke, damit du frisch am Start stehst.",
    "your {race_m:race}": "dein Rennen ({race_m:race})",
    "Your last long run was {since:ago}": "Dein letzter langer Lauf war {since:ago}",
    "It is your day for the long run": "Heute ist dein Tag für den langen Lauf",
    "{when:word}; your longest in 30 days is {longest_m:km}, in a usual week you run {week_m:km}.":
        "{when:word}; dein längster in 30 Tagen hat {longest_m:km}, in einer üblichen Woche läufst du {week_m:km}.",
    "No hard run in the last 7 days and {week_m:km} a week in your legs: {what:word} a week is enough, the rest "
    "stays easy.":
        "Kein harter Lauf in den letzten 7 Tagen, und {week_m:km} die Woche in den Beinen: {what:word} in der Woche "
        "genügt, der Rest bleibt locker.",
    "short fast repetitions once": "einmal kurze schnelle Abschnitte",
    "one steady run": "ein zügiger Lauf",
    "your last run was hard or long, so a short one": "dein letzter Lauf war hart oder lang, darum ein kurzer",
    "most running is easy running": "das meiste Laufen ist lockeres Laufen",
    "before the pause it was {former_m:km} a week, so a little more each time":
        "vor der Pause waren es {former_m:km} die Woche, darum jedes Mal ein wenig mehr",
    # the day
    "You are tired: nothing hard and nothing long.": "Du bist müde: nichts Hartes und nichts Langes.",
    "You slept badly: nothing hard and nothing long.": "Du hast schlecht geschlafen: nichts Hartes und nichts Langes.",
    "A stressful day is a load too: nothing hard and nothing long.":
        "Auch ein stressiger Tag ist eine Last: nichts Hartes und nichts Langes.",
    "On a low day an easy run is enough, and so is a rest day: nothing hard, nothing long.":
        "An einem trüben Tag genügt ein lockerer Lauf, und auch ein Ruhetag: nichts Hartes, nichts Langes.",
    "With a night shift ahead nothing hard and nothing long.":
        "Vor einer Nachtschicht nichts Hartes und nichts Langes.",
    "After a night shift nothing hard and nothing long; sleep comes first.":
        "Nach einer Nachtschicht nichts Hartes und nichts Langes; Schlaf geht vor.",
    "You have {most_s:minutes} today, so the session fits into that.":
        "Du hast heute {most_s:minutes}, die Einheit passt da hinein.",
    "You told me that today is no day for running.": "Du hast gesagt, dass heute kein Lauftag ist.",
    "You asked me to look away from a rule. I hear it, and it changes no rule: they stand above me too.":
        "Du hast mich gebeten, von einer Regel abzusehen. Ich höre das, und es ändert keine Regel: Sie stehen auch über "
        "mir.",
    # place and air
    "You are at {here_m:metres}, your body is used to about {used_m:metres}: in the first 48 hours run by effort, "
    "not by pace, and nothing hard.":
        "Du bist auf {here_m:metres}, dein Körper ist etwa {used_m:metres} gewohnt: In den ersten 48 Stunden lauf nach "
        "Gefühl, nicht nach Tempo, und nichts Hartes.",
    "You are above 2,500 m ({here_m:metres}): in the first days the longest that I allow is a quarter shorter.":
        "Du bist über 2.500 m ({here_m:metres}): In den ersten Tagen ist das Längste, was ich erlaube, ein Viertel kürzer.",
    "at {here_m:metres}": "auf {here_m:metres}",
    "at altitude": "in der Höhe",
    "You told me of signs that can be mountain sickness {where:word}: no higher and no running until they are gone; "
    "if they get worse, go down.":
        "Was du sagst, kann die Höhenkrankheit sein ({where:word}): nicht höher und kein Laufen, bis es vorbei ist; wird "
        "es schlimmer, steig ab.",
    "Stop, go down now, at least 300 to 1,000 m, do not go alone, and call for help. Confusion, unsteady walking and "
    "breathlessness at rest at altitude are emergencies.":
        "Stopp, steig jetzt ab, mindestens 300 bis 1.000 m, geh nicht allein, und ruf Hilfe. Verwirrtheit, unsicherer "
        "Gang und Atemnot in Ruhe sind in der Höhe Notfälle.",
    "WBGT {low_c:count} to {high_c:degrees} ({sources:word})":
        "Hitzeindex WBGT {low_c:count} bis {high_c:degrees} ({sources:word})",
    "Warm: {told:word}. Run by effort, not by pace, and drink to thirst.":
        "Warm: {told:word}. Lauf nach Gefühl, nicht nach Tempo, und trink nach Durst.",
    "It can be hot today": "Heute kann es heiß werden",
    "Hot": "Heiß",
    "{hot:word}: {told:word}. Nothing hard or long, by effort, in the coolest hours or in the shade.":
        "{hot:word}: {told:word}. Nichts Hartes oder Langes, nach Gefühl, in den kühlsten Stunden oder im Schatten.",
    "Too hot to run outdoors: {told:word}. Rest, or train indoors where it is cool.":
        "Zu heiß, um draußen zu laufen: {told:word}. Ruh dich aus, oder trainiere drinnen, wo es kühl ist.",
    "temperature: sensor": "Temperatur: Sensor",
    "temperature: you said": "Temperatur: von dir",
    "temperature: climate table": "Temperatur: Klimatabelle",
    "humidity: sensor": "Luftfeuchte: Sensor",
    "humidity: you said": "Luftfeuchte: von dir",
    "humidity: not known": "Luftfeuchte: unbekannt",
    "sun: sun": "Sonne: ja",
    "sun: shade": "Sonne: Schatten",
    "sun: before the sun is high": "Sonne: bevor sie hoch steht",
    "sun: not known": "Sonne: unbekannt",
    # the body
    "You told me of a warning sign that is no matter for a coach.":
        "Du hast von einem Warnzeichen erzählt, das keine Sache für einen Trainer ist.",
    "Stop. Do not train. Chest pain, fainting, unusual breathlessness, a racing or irregular heart, sudden weakness or a "
    "hot, swollen calf need help now: call the emergency number if it is there or comes back, else see a doctor today. "
    "I go on when you tell me that a clinician has cleared it.":
        "Stopp. Nicht trainieren. Brustschmerz, Ohnmacht, ungewohnte Atemnot, Herzrasen oder Herzstolpern, plötzliche "
        "Schwäche oder eine heiße, geschwollene Wade brauchen jetzt Hilfe: Ruf den Notruf (112), wenn es da ist oder "
        "wiederkommt, sonst geh heute in eine Praxis. Ich mache weiter, wenn du mir sagst, dass es ärztlich abgeklärt ist.",
    "Stop, rest, and go down now, at least 300 to 1,000 m, not alone; call for help where you are confused, "
    "unsteady or breathless at rest. I go on when you tell me that a clinician has cleared it.":
        "Stopp, ruh dich aus, und steig jetzt ab, mindestens 300 bis 1.000 m, nicht allein; ruf Hilfe, wenn du verwirrt "
        "bist, unsicher gehst oder in Ruhe keine Luft bekommst. Ich mache weiter, wenn du mir sagst, dass es ärztlich "
        "abgeklärt ist.",
    "Stop. Get into the shade, cool down with water on skin and clothes, and call the emergency number if there is "
    "confusion, collapse or vomiting. I go on when you tell me that a clinician has cleared it.":
        "Stopp. Geh in den Schatten, kühl dich mit Wasser auf Haut und Kleidung, und ruf den Notruf (112) bei "
        "Verwirrtheit, Zusammenbruch oder Erbrechen. Ich mache weiter, wenn du mir sagst, dass es ärztlich abgeklärt ist.",
    "Training can wait. Please talk to somebody now: a person you trust, a crisis line, or the emergency number if "
    "you may not be safe. You are not alone with this.":
        "Das Training kann warten. Bitte sprich jetzt mit jemandem: mit einem Menschen, dem du vertraust, mit einem "
        "Krisentelefon, oder mit dem Notruf (112), wenn du vielleicht nicht sicher bist. Du bist damit nicht allein.",
    "A clinician has cleared you: for a week nothing hard and nothing long.":
        "Es ist ärztlich abgeklärt: eine Woche lang nichts Hartes und nichts Langes.",
    "You told me about: {places:word}. So nothing hard and nothing long; stop at pain of 3/10 or a changed stride, "
    "and see a clinician if it stays for more than a week.":
        "Du hast davon erzählt: {places:word}. Darum nichts Hartes und nichts Langes; hör auf bei Schmerz ab 3/10 oder "
        "verändertem Schritt, und lass es ärztlich ansehen, wenn es länger als eine Woche bleibt.",
    "you did not say how much": "wie stark, hast du nicht gesagt",
    "{your:word} speaks ({felt:word}): nothing hard and nothing long, shorter than usual":
        "{your:word} meldet sich ({felt:word}): nichts Hartes und nichts Langes, kürzer als sonst",
    "{your:word} hurts ({felt:word}): walking and jogging by turns at most":
        "{your:word} schmerzt ({felt:word}): höchstens Gehen und Traben im Wechsel",
    "{your:word} was better later that day ({felt:word}): walking and jogging by turns at most for now":
        "{your:word} war später am selben Tag besser ({felt:word}): vorerst höchstens Gehen und Traben im Wechsel",
    "{your:word} was better later that day ({felt:word}): no running yet":
        "{your:word} war später am selben Tag besser ({felt:word}): noch kein Laufen",
    "{your:word} hurts too much to run ({felt:word}): no running":
        "{your:word} schmerzt zu sehr zum Laufen ({felt:word}): kein Laufen",
    "{your:word} has hurt for too long: no running, and let a clinician look at it":
        "{your:word} schmerzt schon zu lange: kein Laufen, und lass es ärztlich ansehen",
    "{your:word} is coming back, step {step:count} of 5 ({name:word})":
        "{your:word} kommt zurück, Stufe {step:count} von 5 ({name:word})",
    "What you say of {your:word} can be a bone under stress: no running, see a clinician":
        "{your:word}: Was du sagst, kann ein überlasteter Knochen sein: kein Laufen, lass es ärztlich ansehen",
    "{told:word}. The next step comes {then:word}.": "{told:word}. Weiter geht es, {then:word}.",
    "walk": "Gehen",
    "walk-run": "Gehen und Traben",
    "short easy": "kurz und locker",
    "easy": "locker",
    "full": "fast wie sonst",
    "watch": "beobachten",
    "eased": "geschont",
    "stopped": "kein Laufen",
    "clinician": "ärztlich ansehen",
    "when your profile no longer names it": "wenn dein Profil es nicht mehr nennt",
    "when a clinician has cleared it": "wenn es ärztlich abgeklärt ist",
    "when it is 2 of 10 or less; a clinician should look at it by now":
        "wenn es bei 2 von 10 oder weniger ist; jetzt sollte es ärztlich angesehen werden",
    "when it is over, or not said again for {forgotten:days}":
        "wenn es vorbei ist, oder {forgotten:days} nicht mehr genannt wird",
    "when it is 2 of 10 or less on a later day": "wenn es an einem späteren Tag bei 2 von 10 oder weniger ist",
    "with 2 of 10 or less said the day after a run": "wenn du am Tag nach einem Lauf 2 von 10 oder weniger nennst",
    "with 2 of 10 or less said after walking": "wenn du nach dem Gehen 2 von 10 oder weniger nennst",
    "in {wait:days} or later, {done:word}": "in {wait:days_dative} oder später, {done:word}",
    "fever": "Fieber",
    "being ill below the neck": "Krankheit unterhalb des Halses",
    "You told me of {what:word}: rest, until {free_hours:hours} after it is gone.":
        "Du hast gesagt: {what:word}. Ruhetag, bis es {free_hours:hours} vorbei ist.",
    "Tell me when it is gone.": "Sag mir, wenn es vorbei ist.",
    "You are just over {what:word}: for a week nothing hard and nothing long.":
        "Gerade erst vorbei: {what:word}. Eine Woche lang nichts Hartes und nichts Langes.",
    "A cold above the neck: short and easy at most, and stop if it sinks into the chest.":
        "Eine Erkältung oberhalb des Halses: höchstens kurz und locker, und hör auf, wenn sie in die Brust zieht.",
    "You take beta-blockers, which hold heart rate down, so effort in words replaces heart rate.":
        "Du nimmst Betablocker, die den Puls niedrig halten, darum gilt das Gefühl in Worten statt des Pulses.",
    "Painkillers mask pain: for a day nothing hard and nothing long.":
        "Schmerzmittel verdecken Schmerz: einen Tag lang nichts Hartes und nichts Langes.",
    "With antibiotics, and for a week after, nothing hard or long.":
        "Mit Antibiotika, und eine Woche danach, nichts Hartes oder Langes.",
    "Fluoroquinolones weaken tendons: for 30 days nothing hard or long; at any pain of a tendon stop and ask.":
        "Fluorchinolone schwächen die Sehnen: 30 Tage lang nichts Hartes oder Langes; bei jedem Schmerz einer Sehne hör "
        "auf und frag ärztlich nach.",
    "{your:word} hurts while a fluoroquinolone is at work: no running; see a doctor.":
        "{your:word} schmerzt, während ein Fluorchinolon wirkt: kein Laufen; lass es ärztlich ansehen.",
    # who somebody is
    "Under 18 the plan stays easy and within an hour; talk it over with a parent or guardian.":
        "Unter 18 bleibt der Plan locker und unter einer Stunde; sprich ihn mit deinen Eltern oder Betreuenden ab.",
    "I plan nothing for a weight goal.": "Für ein Gewichtsziel plane ich nichts.",
    "Pregnant: by effort, you can talk all the way; nothing hard or long; with your clinician's word.":
        "Schwanger: nach Gefühl, du kannst die ganze Zeit reden; nichts Hartes oder Langes; mit ärztlichem Rat.",
    "Stop at bleeding, fluid, contractions, dizziness, headache, chest pain, breathlessness before effort, weakness, or a "
    "sore swollen calf, and call your clinician.":
        "Hör auf bei Blutung, Abgang von Flüssigkeit, Wehen, Schwindel, Kopfschmerz, Brustschmerz, Atemnot schon vor der Belastung, "
        "Schwäche oder einer schmerzenden, geschwollenen Wade, und ruf ärztliche Hilfe.",
    "You are at {here_m:metres}: no running above 2,500 m in pregnancy.":
        "Du bist auf {here_m:metres}: in der Schwangerschaft kein Laufen über 2.500 m.",
    "Too warm for running in pregnancy: rest, or the pool.":
        "Zu warm zum Laufen in der Schwangerschaft: Ruhe, oder das Schwimmbecken.",
    "walking and the pelvic floor, no running": "Gehen und Beckenboden, kein Laufen",
    "walking, bike, pool and strength, no running before twelve weeks":
        "Gehen, Rad, Schwimmbad und Kraft, kein Laufen vor der zwölften Woche",
    "walking and jogging by turns, half an hour at most": "Gehen und Traben im Wechsel, höchstens eine halbe Stunde",
    "easy running by effort, nothing hard or long": "lockeres Laufen nach Gefühl, nichts Hartes oder Langes",
    "{weeks:count} weeks after birth: {what:word}. Heaviness, leaking, pain or bleeding: step back and see a pelvic "
    "health physiotherapist or your clinician.":
        "{weeks:count} Wochen nach der Geburt: {what:word}. Bei Schweregefühl, Inkontinenz, Schmerz oder Blutung geh einen "
        "Schritt zurück und zur Beckenboden-Physiotherapie oder in deine Praxis.",
    "Your weight is low for your height: nothing hard, long or raced, eat enough, and see a clinician.":
        "Dein Gewicht ist niedrig für deine Größe: nichts Hartes, nichts Langes und kein Rennen, iss genug, und lass es ärztlich "
        "ansehen.",
    "The weight you name is too low for your height: I plan nothing towards it; talk to a clinician.":
        "Das Gewicht, das du nennst, ist zu niedrig für deine Größe: Darauf hin plane ich nichts; sprich ärztlich darüber.",
    "Signs of too little energy ({signs:word}): nothing hard, long or raced, eat enough, and let a clinician who "
    "knows REDs look at it.":
        "Zeichen von zu wenig Energie ({signs:word}): nichts Hartes, nichts Langes und kein Rennen, iss genug, und lass es in "
        "einer Praxis ansehen, die RED-S kennt.",
    "missed periods": "ausgebliebene Perioden",
    "what you told me": "was du erzählt hast",
    "weight falling by more than 1 % a week": "Gewicht fällt um mehr als 1 % in der Woche",
}  # fmt: skip
