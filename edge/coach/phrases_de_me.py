"""German for what was reworded after it was read aloud: reasons of the day, targets, and a person's own page.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

ME: dict[str, str] = {
    "You take beta-blockers, which hold your heart rate down: go by your breath, not by heart rate or pace.":
        "Du nimmst Betablocker, die den Puls niedrig halten: Richte dich nach dem Atem, nicht nach Puls oder Tempo.",
    "{since_days:ago} you ran {race_m:km} at race effort: recovery comes first.":
        "{since_days:ago} bist du {race_m:km} wie im Wettkampf gelaufen: Erholung geht vor.",
    "{since_days:ago} you ran {race_m:km}, which takes long to recover from: that comes first.":
        "{since_days:ago} bist du {race_m:km} gelaufen, davon erholt man sich langsam: Das geht vor.",
    "At this pace your heart has lately beaten about {usual:beats}: let heart rate lead, and slow down or walk, even if "
    "that feels too slow.":
        "In diesem Tempo lag dein Puls zuletzt bei etwa {usual:beats_dative}: Richte dich nach dem Puls und werde langsamer oder geh, "
        "auch wenn es sich zu langsam anfühlt.",
    "There is no pace to hold: as easy as it takes to talk, and walking counts.":
        "Es gibt kein Tempo zu halten: so locker, dass du reden kannst, und Gehen zählt auch.",
    "{title:word}: {far_m:km}, about {long_s:minutes}, by effort: {effort:word}.":
        "{title:word}: {far_m:km}, etwa {long_s:minutes}, nach Gefühl: {effort:word}.",
    "You run about {often:rate} times a week, {week_m:km} in all, so a usual run is {usual_m:km}; {why:word}.":
        "Du läufst etwa {often:rate} Mal in der Woche, zusammen {week_m:km}, ein üblicher Lauf hat also {usual_m:km}; {why:word}.",
    "Your last {runs:count} runs say that this kind of run takes you about {middle:pace} on the flat.":
        "Nach deinen letzten {runs:count} Läufen läufst du so etwas im Flachen mit etwa {middle:pace}.",
    "What I learned of you cannot be read here, so pace and heart rate are by general rules today.":
        "Was ich über dich gelernt habe, ist hier nicht lesbar, also gelten für Tempo und Puls heute allgemeine Regeln.",
    "By your {runs:count} runs with heart rate, easy running is about {easy:beats} for you (single days {least:count} "
    "to {most:beats}), so stay between {low:count} and {high:beats}.":
        "Nach deinen {runs:count} Läufen mit Puls liegen lockere Läufe bei dir um {easy:beats} (an einzelnen Tagen "
        "{least:count} bis {most:beats}), also bleib zwischen {low:count} und {high:beats_dative}.",
    "A half marathon would take you about {half_s:clock} now, at {race_pace:pace} ({source:word}); {kind:word} is "
    "{least:percent} to {most:percent} slower than that.":
        "Für einen Halbmarathon bräuchtest du jetzt etwa {half_s:clock}, also {race_pace:pace} ({source:word}); {kind:word} "
        "ist {least:percent} bis {most:percent} langsamer.",
    "easy running": "lockeres Laufen",
    "a long run": "ein langer Lauf",
    "a steady run": "ein zügiger Lauf",
    "a run to start again with": "ein Lauf zum Wiederbeginnen",
    "race model": "Wettkampfmodell",
    "Riegel's formula (no race model)": "Formel von Riegel, ohne Wettkampfmodell",
    "Riegel's formula (model not believable)": "Formel von Riegel, das Modell war nicht glaubhaft",
    "You usually run at {usual:pace} (your last {runs:count} runs).":
        "Du läufst sonst {usual:pace} (deine letzten {runs:count} Läufe).",
    "Your last run was at {usual:pace}.": "Bei deinem letzten Lauf waren es {usual:pace}.",
    "You usually run at {usual:pace}, as you told me.": "Du läufst sonst {usual:pace}, wie du mir gesagt hast.",
    "Your night shift is still to come: run early, take a nap before work, and keep it easy.":
        "Deine Nachtschicht kommt noch: Lauf früh, schlaf vor der Arbeit ein wenig, und bleib locker.",
    "You worked the night: sleep first. Then run three quarters of the usual distance at most, by breath and not by "
    "the watch: after little sleep the same run costs more.":
        "Du hast die Nacht gearbeitet: Schlaf zuerst. Dann höchstens drei Viertel der üblichen Strecke, nach Atem und "
        "nicht nach der Uhr: Nach wenig Schlaf kostet derselbe Lauf mehr.",
    "You want to gain weight: the run is a little shorter than usual, and half an hour of strength beside it "
    "helps more, because long running takes from what strength training builds. Eat well after both.":
        "Du möchtest zunehmen: Der Lauf ist etwas kürzer als sonst, und eine halbe Stunde Kraft daneben hilft mehr, weil "
        "langes Laufen von dem nimmt, was Krafttraining aufbaut. Iss nach beidem gut.",
    "You want your weight to come down: what helps most is a week that you can repeat, easy running and walking. I plan no "
    "more running for it than for anybody else, and nothing about food.":
        "Dein Gewicht soll sinken: Am meisten hilft eine Woche, die du wiederholen kannst, lockeres Laufen und Gehen. Ich plane "
        "dafür nicht mehr Läufe als für alle anderen, und nichts übers Essen.",
    "At {age:count}, walk for ten minutes before you run; strength and balance on three days a week count as much as "
    "the running.":
        "Mit {age:count} geh erst zehn Minuten, bevor du läufst; Kraft und Gleichgewicht an drei Tagen der Woche zählen so viel "
        "wie das Laufen.",
    "You are at {here_m:metres}, and I do not know which height your body is used to: run by effort, not by pace, and "
    "nothing hard for now.":
        "Du bist auf {here_m:metres}, und ich weiß nicht, welche Höhe dein Körper gewohnt ist: Lauf nach Gefühl, nicht nach "
        "Tempo, und vorerst nichts Hartes.",
    "{race:word} in {ahead:days} is soon: take it as a run with walking breaks, choose a shorter one, or leave it.":
        "{race:word} in {ahead:days_dative} ist bald: Nimm es als Lauf mit Gehpausen, such dir etwas Kürzeres, oder lass es.",
    # a person's own page
    "you could race 10 km in about {middle:clock} near the sea, between {best:clock} and {worst:clock}":
        "10 km im Wettkampf wären auf Meereshöhe etwa {middle:clock}, zwischen {best:clock} und {worst:clock}",
    "your longest run of 30 days: {far_m:km} in {long_s:minutes}, measured within about {doubt_m:metres}":
        "dein längster Lauf in 30 Tagen: {far_m:km} in {long_s:minutes}, auf etwa {doubt_m:metres} genau gemessen",
    "{week_m:km} of running in a usual week; with all sports {total:count} points of effort ({shares:word})":
        "{week_m:km} Laufen in einer üblichen Woche; mit allem Sport {total:count} Punkte Anstrengung ({shares:word})",
    "nothing hurts, as far as you told me": "nichts tut weh, soweit du es gesagt hast",
    "height raises your heart rate about {share:percent} more than most people's":
        "Höhe hebt deinen Puls etwa {share:percent} mehr als bei den meisten",
    "height raises your heart rate about {share:percent} less than most people's":
        "Höhe hebt deinen Puls etwa {share:percent} weniger als bei den meisten",
    "warmth raises your heart rate about {share:percent} more than most people's":
        "Wärme hebt deinen Puls etwa {share:percent} mehr als bei den meisten",
    "warmth raises your heart rate about {share:percent} less than most people's":
        "Wärme hebt deinen Puls etwa {share:percent} weniger als bei den meisten",
    "{kg:rate} kg, as you told me": "{kg:rate} kg, wie du mir gesagt hast",
    "steady: {count:count} weighings in eight weeks show no course":
        "gleichbleibend: {count:count} Wägungen in acht Wochen zeigen keine Richtung",
    "{way:word} by about {kg:rate} kg a week, between {low:rate} kg and {high:rate} kg ({count:count} weighings)":
        "{way:word} um etwa {kg:rate} kg in der Woche, zwischen {low:rate} kg und {high:rate} kg ({count:count} Wägungen)",
    "rising": "steigend",
    "falling": "fallend",
}  # fmt: skip
