"""From text to tokens: lower case, umlauts as ae, oe, ue, digits apart from letters.

The rule of this file: any text gives tokens, and the same words written in another way give the same tokens.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "´": "'", "‘": "'"})
_SIGNS = str.maketrans(
    {
        "–": "-",
        "—": " , ",
        "−": "-",
        "…": ".",
        "“": " ",
        "”": " ",
        '"': " ",
        "°": " deg ",
        "º": " deg ",
        "&": " and ",
        "|": ",",
        "•": ",",
    }
)
_CONTRACTED = re.compile(r"(?<=[a-z])'(?=(?:t|m|ve|d|re)\b)")
_WE_ARE = re.compile(r"\bwe're\b")
_WILL = re.compile(r"(?<=[a-z])'ll\b")
_ONE_IN_BRACKETS = re.compile(r"\(\s*([a-z]+)\s*\)")
_MINUTES = re.compile(r"(?<=\d)'(?!\d|s\b)")
_HIS = re.compile(r"(?<=[a-z])'s\b")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|'s\b|[a-z]+|[.,;:!?()/%°+\-\n]")
_BETWEEN_LETTERS = re.compile(r"(?<=[a-z])-(?=[a-z0-9])|(?<=\d)-(?=[a-z])")
#: Shortened words whose dot ends no sentence: "li. Knie", "ca. 3".
_SHORTENED = re.compile(r"\b(li|re|lks|bds|beids|ca|evtl|ggf|bzw|approx|tgl|wg|ret|dr|prof|zb)\.(?=\s*[\w(])")
_KNOCKED_OUT = re.compile(r"\bk\. ?o\.")
_DASH = re.compile(r"(?<=\s)-(?=\s)")


def folded(text: str) -> str:
    """Return the text in lower case without accents; umlauts as ae, oe, ue and ss."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS).translate(_SIGNS)
    plain = unicodedata.normalize("NFC", plain).translate(_UMLAUTS)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isascii())


def tokens(text: str) -> list[str]:
    """Return the words, numbers and signs of a text."""
    plain = _DASH.sub(",", folded(text))
    plain = _WE_ARE.sub("we are", plain)  # not the "were" of what is past
    plain = _WILL.sub(" will", _ONE_IN_BRACKETS.sub(r" \1 ", plain))
    plain = _MINUTES.sub(" min ", plain)
    plain = _KNOCKED_OUT.sub("ko", plain)
    plain = _SHORTENED.sub(r"\1 ", plain)
    plain = _HIS.sub(" 's", _CONTRACTED.sub("", plain))
    return _TOKEN.findall(_BETWEEN_LETTERS.sub(" ", plain))


def number(token: str) -> float | None:
    """Return the number of a token of digits; "2,240" is two thousand, "3,5" three and a half."""
    if not token[:1].isdigit():
        return None
    whole, _, part = token.replace(",", ".").partition(".")
    if "." in part or len(whole) > 9:
        return None
    if len(part) == 3 and 1 <= len(whole) <= 2 and whole != "0":
        return float(whole + part)
    return float(f"{whole}.{part or 0}")


def listed(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Stems:
    """Words, whole and by how they begin."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Return whether a word is one of them."""
        return word in self.whole or word.startswith(self.begun)


def stems(text: str) -> Stems:
    """Return the words of a list written as one text; `*` ends a stem."""
    words = listed(text)
    return Stems(frozenset(w for w in words if w[-1] != "*"), tuple(sorted(w[:-1] for w in words if w[-1] == "*")))
