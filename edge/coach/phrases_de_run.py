"""German for what is said in the run: cues of pace, heart rate, place, pain and gait, and their reasons.

The rule of this file: as in `phrases_de`; a reason is a main clause, because it stands after "denn".
"""

from __future__ import annotations

RUN: dict[str, str] = {
    "Kadenz does not know your pace yet": "Kadenz kennt dein Tempo noch nicht",
    "today your breath leads, not the pace": "heute führt der Atem, nicht das Tempo",
    "Run by feel, easy enough to talk": "Lauf nach Gefühl, so locker, dass du reden kannst",
    "this is today's target": "das ist das Ziel für heute",
    "Settle in at {low:clock} to {high:clock} per km": "Lauf dich ein bei {low:clock} bis {high:pace}",
    "at {here_m:metres} the air gives you less oxygen, so the band is {slower:count} % slower than at home":
        "auf {here_m:metres} gibt dir die Luft weniger Sauerstoff, darum ist der Bereich {slower:count} % langsamer als zu "
        "Hause",
    "your heart rate is {over:count} bpm above the band of up to {limit:count}":
        "dein Puls liegt um {over:beats} über dem Bereich bis {limit:beats}",
    " and the road climbs {grade:count} %": " und der Weg steigt um {grade:count} %",
    "Ease off a little": "Nimm etwas Tempo raus",
    "the road climbs {grade:count} % and the same effort is slower uphill":
        "der Weg steigt um {grade:count} %, und bergauf bist du bei gleicher Anstrengung langsamer",
    "Let the pace go: {fast:clock} to {slow:clock} is right here":
        "Lass das Tempo ziehen: {fast:clock} bis {slow:pace} ist hier richtig",
    "{fast:clock} to {slow:clock} is right here": "{fast:clock} bis {slow:pace} ist hier richtig",
    "you are at {here_m:metres} now": "du bist jetzt auf {here_m:metres}",
    "the air has a WBGT of {wbgt_c:count} degrees C": "die Luft hat einen Hitzeindex WBGT von {wbgt_c:degrees}",
    " and ": " und ",
    "{causes:word}, so the same effort is {by:percent} {way:word} than this morning's band":
        "{causes:word}, darum bist du bei gleicher Anstrengung {by:percent} {way:word} als im Bereich von heute Morgen",
    " on this climb of {grade:rate} %": ", hier bergauf mit {grade:rate} %",
    " on this descent of {grade:rate} %": ", hier bergab mit {grade:rate} %",
    "you run {pace:clock} and the band begins at {fast:clock}{slope:word}":
        "du läufst {pace:pace}, und der Bereich beginnt bei {fast:pace}{slope:word}",
    "Slow down by {by:count} s per km": "Lauf um {by:count} s pro km langsamer",
    "you run {pace:clock}, the band ends at {slow:clock}{slope:word}, and your heart rate leaves room":
        "du läufst {pace:pace}, der Bereich endet bei {slow:pace}{slope:word}, und dein Puls hat noch Luft",
    "You may pick it up a little, if it feels easy": "Du darfst etwas schneller werden, wenn es sich leicht anfühlt",
    "no heart rate has come for {age:count} s": "seit {age:count} s kommt kein Puls",
    "Run by feel: you should be able to talk": "Lauf nach Gefühl: Du solltest reden können",
    "kilometre {number:count} took {took:clock}": "der {number:count}. Kilometer hat {took:clock} gedauert",
    " at {bpm:count} bpm": ", Puls {bpm:beats}",
    "{number:count} km done, {todo:word}": "{number:count} km geschafft, {todo:word}",
    "{left_m:km} to go": "noch {left_m:km}",
    "that was the distance: ease down": "das war die Strecke: Lauf locker aus",
    # it hurts
    "Go on easy, and tap again if it grows": "Lauf locker weiter, und tippe noch einmal, wenn es stärker wird",
    "Ease off: slower, shorter steps, and walk if it does not fall below 3":
        "Nimm Tempo raus: langsamer, kürzere Schritte, und geh, wenn es nicht unter 3 von 10 fällt",
    "Walk now; jog again only if walking is free of pain, and not today if it comes back":
        "Geh jetzt; trabe erst wieder, wenn das Gehen nicht schmerzt, und heute nicht mehr, wenn es wiederkommt",
    "Stop running. Walk home if walking is free of pain, else be fetched":
        "Hör auf zu laufen. Geh nach Hause, wenn das Gehen nicht schmerzt, sonst lass dich abholen",
    "Stop now and seek help: sit down, do not go on alone, call the emergency number if it stays":
        "Hör jetzt auf und hol Hilfe: Setz dich hin, geh nicht allein weiter, ruf den Notruf, wenn es bleibt",
    "{severity:count} of 10": "{severity:count} von 10",
    "{place:word} hurts, {felt:word}": "{place:word} tut weh, {felt:word}",
    ", and what you said before in this run still holds": ", und was du in diesem Lauf vorher gesagt hast, gilt weiter",
    "you told of a warning sign": "du hast ein Warnzeichen genannt",
    # the stride
    "Your stride has changed: does anything hurt?": "Dein Schritt hat sich verändert: Tut etwas weh?",
    "Ease off: slower, shorter steps, and walk if anything hurts":
        "Nimm Tempo raus: langsamer, kürzere Schritte, und geh, wenn etwas wehtut",
    "Walk now; stop for today if walking hurts or the stride stays uneven":
        "Geh jetzt; hör für heute auf, wenn das Gehen wehtut oder der Schritt ungleich bleibt",
    "left and right differ in {what:word} in another way than in {since:word}":
        "links und rechts unterscheiden sich ({what:word}) anders als in {since:word}",
    "how hard each foot pushes": "wie stark jeder Fuß abdrückt",
    "how the body turns with each foot": "wie sich der Körper mit jedem Fuß dreht",
    "the stride": "der Schritt",
    "this run's first minutes": "den ersten Minuten dieses Laufs",
    "your sound runs": "deinen gesunden Läufen",
    "your sound runs do not know this pace or slope yet, so the gait alone cannot tell a limp from it here":
        "deine gesunden Läufe kennen dieses Tempo oder Gefälle noch nicht, am Gang allein ist Hinken hier nicht zu erkennen",
    # the line of a recording, and what is the matter with a tracker
    "{value:count} bpm": "{value:beats}",
    "{value:rate} km/h": "{value:rate} km/h",
    "{count:count} gaps": "{count:count} Lücken",
    "safe: {count:count} samples": "sicher: {count:count} Messwerte",
    "finished run {id:word}": "Lauf {id:word} beendet",
    "Bluetooth is back": "Bluetooth ist wieder da",
    "{tracker:word}: connected": "{tracker:word}: verbunden",
    "{tracker:word}: connected again after {away:count} s": "{tracker:word}: nach {away:count} s wieder verbunden",
    "{tracker:word}: without {what:word}": "{tracker:word}: ohne {what:word}",
    "{tracker:word}: {why:word}; looking for it": "{tracker:word}: {why:word}; ich suche es",
    "Bluetooth is switched off: switch it on": "Bluetooth ist aus: Schalte es ein",
    "this computer has no Bluetooth, or its Bluetooth service is not running":
        "dieser Computer hat kein Bluetooth, oder der Bluetooth-Dienst läuft nicht",
    "Kadenz may not use Bluetooth here: allow it in the system's settings":
        "Kadenz darf Bluetooth hier nicht nutzen: Erlaube es in den Einstellungen des Systems",
    "the system's Bluetooth service went away; Kadenz goes on as soon as it is back":
        "der Bluetooth-Dienst des Systems ist weg; Kadenz macht weiter, sobald er wieder da ist",
    "the tracker is not seen: wake it (wear it, moisten the strap) and bring it near":
        "das Gerät ist nicht zu sehen: Weck es auf (trag es, feuchte den Gurt an) und bring es näher",
    "the tracker is out of range, or its battery is empty": "das Gerät ist zu weit weg, oder sein Akku ist leer",
    "the tracker is in use by another app or device: close that one":
        "eine andere App oder ein anderes Gerät benutzt es gerade: Schließ sie",
    "this computer's Bluetooth has no free connection: disconnect another device":
        "Bluetooth hat keine freie Verbindung: Trenne ein anderes Gerät",
    "the tracker wants to be paired: put it into pairing mode and pair it in the system's settings":
        "das Gerät will gekoppelt werden: Stell es auf Koppeln und kopple es in den Einstellungen des Systems",
    "the tracker refused what was asked of it: switch it off and on":
        "das Gerät hat die Anfrage abgelehnt: Schalte es aus und wieder ein",
    "the tracker offers other services than this computer remembers: remove it in the system's settings":
        "das Gerät bietet andere Dienste, als dieser Computer kennt: Entferne es in den Einstellungen des Systems",
    "the tracker offers nothing that Kadenz can read": "das Gerät bietet nichts, was Kadenz lesen kann",
    "the tracker did not answer in time": "das Gerät hat nicht rechtzeitig geantwortet",
    "the tracker is connected but sends nothing: is it worn, and moving?":
        "das Gerät ist verbunden, sendet aber nichts: Trägst du es, und bewegst du dich?",
    "the connection to the tracker was lost": "die Verbindung zum Gerät ist abgerissen",
    "the connection failed": "die Verbindung ist fehlgeschlagen",
    # how it is said on a terminal
    "{cue:word} (because {why:word})": "{cue:word} (denn {why:word})",
}  # fmt: skip
