"""German for what is found in an imported past (`kadenz import`).

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

IMPORT: dict[str, str] = {
    "Your longest run: {far_m:km} on {ran_day:word}.": "Dein längster Lauf: {far_m:km} am {ran_day:word}.",
    "Your longest time without an empty week: {weeks:count} weeks, from {first_day:word} to {last_day:word}, "
    "with {runs:count} runs.":
        "Deine längste Zeit ohne leere Woche: {weeks:count} Wochen, vom {first_day:word} bis zum {last_day:word}, "
        "mit {runs:count} Läufen.",
    "You mostly start between {from_hour:count} and {to_hour:count} o'clock: {usual_share:percent} of your runs.":
        "Meist läufst du zwischen {from_hour:count} und {to_hour:count} Uhr los: {usual_share:percent} deiner Läufe.",
    "Your run with the most climb: {up_m:metres} up in {far_m:km} on {ran_day:word}.":
        "Dein Lauf mit dem meisten Anstieg: {up_m:metres} hoch auf {far_m:km} am {ran_day:word}.",
    "{runs:count} runs and {far_m:km} together, from {first_day:word} to {last_day:word}.":
        "{runs:count} Läufe und zusammen {far_m:km}, vom {first_day:word} bis zum {last_day:word}.",
    "At the same heart rate, {middle_bpm:beats}, you run faster: from {before_s_per_km:clock} to "
    "{after_s_per_km:pace} between {first_day:word} and {last_day:word}; it may be {least_s:count} to {most_s:count} "
    "seconds a kilometre, and weather and hills are not taken out.":
        "Bei gleichem Puls, {middle_bpm:beats}, läufst du schneller: von {before_s_per_km:clock} auf "
        "{after_s_per_km:pace} zwischen dem {first_day:word} und dem {last_day:word}; es können {least_s:count} bis "
        "{most_s:count} Sekunden je Kilometer sein, Wetter und Hügel sind nicht herausgerechnet.",
    "At the same heart rate, {middle_bpm:beats}, you run slower: from {before_s_per_km:clock} to "
    "{after_s_per_km:pace} between {first_day:word} and {last_day:word}; it may be {least_s:count} to {most_s:count} "
    "seconds a kilometre, and weather and hills are not taken out.":
        "Bei gleichem Puls, {middle_bpm:beats}, läufst du langsamer: von {before_s_per_km:clock} auf "
        "{after_s_per_km:pace} zwischen dem {first_day:word} und dem {last_day:word}; es können {least_s:count} bis "
        "{most_s:count} Sekunden je Kilometer sein, Wetter und Hügel sind nicht herausgerechnet.",
    "What your past runs say:": "Was deine bisherigen Läufe sagen:",
    "Does anything hurt? (Enter: nothing) ": "Tut dir etwas weh? (Eingabetaste: nichts) ",
    **{
        f"Your longest run of the week falls on a {english} in {{usual_share:percent}} of your weeks.":
            f"Dein längster Lauf der Woche fällt in {{usual_share:percent}} deiner Wochen auf einen {german}."
        for english, german in zip(_ENGLISH, _DAYS, strict=True)
    },
}  # fmt: skip
