"""German for the sentences of `edge.coach.today` and `edge.coach.substitutes`.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

TODAY: dict[str, str] = {
    "easy enough to talk in sentences": "so locker, dass du in ganzen Sätzen reden kannst",
    "easy enough to talk in sentences all the way": "so locker, dass du die ganze Zeit in ganzen Sätzen reden kannst",
    "comfortably hard, a few words at a time": "angenehm hart, nur ein paar Worte am Stück",
    "hard but even, never all out": "hart, aber gleichmäßig, nie mit letzter Kraft",
    "very easy, talking all the time": "sehr locker, du redest die ganze Zeit",
    "very easy, walking as much as you like": "sehr locker, geh dabei, so viel du willst",
    "two minutes of walking, one of jogging, and so on; stop if it hurts more":
        "zwei Minuten gehen, eine traben, und so weiter; hör auf, wenn es mehr schmerzt",
    "brisk if it feels good, no running": "zügig, wenn es sich gut anfühlt, kein Laufen",
    "Easy run": "Lockerer Lauf",
    "Long run": "Langer Lauf",
    "Steady run": "Zügiger Lauf",
    "Repetitions": "Schnelle Abschnitte",
    "A run to come back": "Ein Lauf zum Wiederkommen",
    "A first session": "Eine erste Einheit",
    "Walk and jog by turns": "Gehen und Traben im Wechsel",
    "Bike": "Rad",
    "Pool": "Schwimmbad",
    "Strength": "Kraft",
    "Walk": "Spaziergang",
    "bike": "Rad",
    "pool": "Schwimmbad",
    "strength": "Kraft",
    "{title:word}: {long_s:minutes}; {effort:word}.": "{title:word}: {long_s:minutes}; {effort:word}.",
    "{title:word}: about {long_s:minutes}; {effort:word}.": "{title:word}: etwa {long_s:minutes}; {effort:word}.",
    "{title:word}: {far_m:km}, about {long_s:minutes}, by effort: {effort:word}; not faster than {fast:pace}.":
        "{title:word}: {far_m:km}, etwa {long_s:minutes}, nach Gefühl: {effort:word}; nicht schneller als {fast:pace}.",
    "{title:word}: {far_m:km}, about {long_s:minutes}, at {fast:clock} to {slow:pace}: {effort:word}.":
        "{title:word}: {far_m:km}, etwa {long_s:minutes}, mit {fast:clock} bis {slow:pace}: {effort:word}.",
    "{title:word}: {far_m:km}, about {long_s:minutes}, at {fast:clock} to {slow:pace}, heart rate {low:count} to "
    "{high_bpm:beats}: {effort:word}.":
        "{title:word}: {far_m:km}, etwa {long_s:minutes}, mit {fast:clock} bis {slow:pace}, Puls {low:count} bis "
        "{high_bpm:beats}: {effort:word}.",
    "Rest today: no training until you are well.": "Heute Ruhetag: kein Training, bis du gesund bist.",
    "Rest today, off the sore place as far as you can, and see a clinician.":
        "Heute Ruhetag, entlaste die schmerzende Stelle, so gut du kannst, und lass sie ärztlich ansehen.",
    "Rest today, and no higher: go down if it gets worse.":
        "Heute Ruhetag, und nicht höher: steig ab, wenn es schlimmer wird.",
    "Rest today, or train indoors where it is cool: no running outdoors.":
        "Heute Ruhetag, oder Training drinnen, wo es kühl ist: kein Laufen draußen.",
    "No running today: rest, or one of the sessions below, only without pain.":
        "Heute kein Laufen: Ruhetag, oder eine der Einheiten unten, nur ohne Schmerz.",
    "Rest today: walk if you like, no running.": "Heute Ruhetag: geh spazieren, wenn du magst, kein Laufen.",
    "Nothing in your diary asks for more today.": "Nichts in deinem Tagebuch verlangt heute mehr.",
    "Instead of running, and only without pain: {notes:word}.":
        "Statt zu laufen, und nur ohne Schmerz: {notes:word}.",
    "with a float between the legs, no kicking, no push-off":
        "mit Schwimmhilfe zwischen den Beinen, kein Beinschlag, kein Abstoßen",
    "with a float between the legs, no kicking": "mit Schwimmhilfe zwischen den Beinen, kein Beinschlag",
    "with a float between the legs": "mit Schwimmhilfe zwischen den Beinen",
    "with a float between the legs, no breaststroke": "mit Schwimmhilfe zwischen den Beinen, kein Brustschwimmen",
    "seated or lying": "im Sitzen oder Liegen",
    "light gear, pedal under the middle of the foot": "leichter Gang, Pedal unter der Fußmitte",
    "light gear, seated": "leichter Gang, im Sitzen",
    "no kicking, no push-off": "kein Beinschlag, kein Abstoßen",
    "no kicking": "kein Beinschlag",
    "crawl, no breaststroke": "Kraulen, kein Brustschwimmen",
    "hips and trunk, no deep bends": "Hüfte und Rumpf, keine tiefen Beugen",
    "upper body": "Oberkörper",
    "flat, as long as it feels good": "flach, solange es sich gut anfühlt",
    "on the back": "auf dem Rücken",
    "upright, no weight on the arms": "aufrecht, kein Gewicht auf den Armen",
    "flat": "flach",
    "as long as it feels good": "solange es sich gut anfühlt",
    "{race:word}: no start today. A race can be run another time.":
        "{race:word}: heute kein Start. Ein Rennen kann man ein andermal laufen.",
    "{race:word}: do not start. {why:word}": "{race:word}: nicht starten. {why:word}",
    "Start if the morning agrees: no fever, no chest pain, no breathlessness or dizziness, nothing that hurts 3 of 10 or "
    "more, and no black flag for heat. Else it is no start, and that is no failure.":
        "Starte, wenn der Morgen zustimmt: kein Fieber, kein Brustschmerz, keine Atemnot, kein Schwindel, nichts, was "
        "3 von 10 oder mehr schmerzt, und keine schwarze Flagge für Hitze. Sonst kein Start, und das ist kein Scheitern.",
    "You entered {race:word} for today.": "Du hast für heute gemeldet: {race:word}.",
    "{race:word}: {far_m:km}. I know too little to predict a time; start easy.":
        "{race:word}: {far_m:km}. Ich weiß zu wenig, um eine Zeit vorherzusagen; fang locker an.",
    "{race:word}: {far_m:km} in about {time_s:clock}, at {fast:clock} to {slow:pace}.":
        "{race:word}: {far_m:km} in etwa {time_s:clock}, mit {fast:clock} bis {slow:pace}.",
    "You have hardly run of late: take this race as a run to finish with walking breaks, or leave it this time.":
        "Du bist zuletzt kaum gelaufen: Nimm dieses Rennen als Lauf zum Ankommen mit Gehpausen, oder lass es diesmal.",
}  # fmt: skip
