"""Warning signs to point at, numbered, for whoever has no words: one number is enough, on the morning and in the run.

The rule of this file: nothing is asked back; every sign here is one that the rules answer with "stop, seek help".
"""

from __future__ import annotations

from dataclasses import dataclass

from edge.coach.said import Constraint


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its situation of `docs/talk.md`, its body area or "", and what it is called in both languages."""

    situation: str
    area: str
    english: str
    german: str

    @property
    def constraint(self) -> Constraint:
        """What is kept of it."""
        return Constraint("red_flag", self.area, situation=self.situation)

    def named(self, language: str) -> str:
        """Return what it is called in a language."""
        return self.german if language == "de" else self.english


SIGNS = (
    Sign("chest_pain", "chest", "pain or pressure in the chest", "Schmerz oder Druck in der Brust"),
    Sign(
        "breathless", "",
        "far more out of breath than the effort explains", "viel mehr außer Atem, als die Anstrengung erklärt",
    ),
    Sign("faint", "", "fainted, or nearly", "ohnmächtig geworden, oder beinahe"),
    Sign("palpitations", "", "heart racing or stumbling", "Herz rast oder stolpert"),
    Sign("stroke", "", "face, arm or speech suddenly not right", "Gesicht, Arm oder Sprache plötzlich gestört"),
    Sign("heat", "", "confused, shivering or very hot in the heat", "verwirrt, fröstelnd oder glühend heiß bei Hitze"),
    Sign(
        "altitude", "",
        "at altitude: unsteady, confused or breathless at rest", "in der Höhe: unsicher, verwirrt oder atemlos in Ruhe",
    ),
    Sign("head_injury", "head", "a blow to the head", "ein Schlag auf den Kopf"),
    Sign("clot", "calf", "one calf swollen, hot and sore", "eine Wade geschwollen, heiß und schmerzhaft"),
    Sign("weight_bearing", "", "I cannot put weight on it", "ich kann nicht auftreten"),
    Sign("numb", "", "numb, weak, or I cannot hold water", "taub, kraftlos, oder ich kann das Wasser nicht halten"),
    Sign("blood", "", "blood in the urine, or coughed up", "Blut im Urin oder beim Husten"),
    Sign("allergy", "", "swelling of face or throat, or hives", "Schwellung an Gesicht oder Hals, oder Quaddeln"),
    Sign("pregnancy", "", "pregnant: bleeding, fluid or contractions", "schwanger: Blutung, Fruchtwasser oder Wehen"),
    Sign("crisis", "", "thoughts of harming myself", "Gedanken, mir etwas anzutun"),
)  # fmt: skip
_HEAD = ("Which one? Type its number:", "Welches? Tippe die Nummer:")


def listed(language: str) -> str:
    """Return the numbered list in a language, a sign a line."""
    lines = (f"{number:>3}  {sign.named(language)}" for number, sign in enumerate(SIGNS, start=1))
    return "\n".join((_HEAD[language == "de"], *lines))


def sign_of(text: str) -> Sign | None:
    """Return the sign of a number as it was typed, None where it is none."""
    word = text.strip().rstrip(".)")
    return SIGNS[int(word) - 1] if word.isascii() and word.isdigit() and 1 <= int(word) <= len(SIGNS) else None
