"""From a text to pieces of words: the likeliest way to cut it, by a table of pieces and how likely each is.

The rule of this file: any text gives pieces, the same whatever its capitals and however its umlauts are typed; what no
piece holds is one piece of its own, the unknown.
Unigram segmentation (Kudo 2018, "Subword regularization"), found by the Viterbi algorithm; "▁" begins a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from edge.talk.tokens import folded

WORD = "\u2581"
#: An unknown character costs so much more than the rarest piece.
_UNKNOWN = 10.0
_LONGEST_WORD = 40


def name_of(piece: str) -> str:
    """Return a piece in lower case and with its umlauts written out."""
    return WORD + folded(piece[1:]) if piece.startswith(WORD) else folded(piece)


class Pieces:
    """A table of pieces (n) with the logarithm of how likely each is; `unknown` is the number of the unknown one."""

    def __init__(self, names: Sequence[str], likely: Sequence[float], unknown: int) -> None:
        self._at = {name: k for k, name in enumerate(names) if k != unknown}
        self._likely = [float(one) for one in likely]
        self._rare = min(self._likely) - _UNKNOWN
        self._longest = max(map(len, names))
        self._unknown = unknown
        self._cut: dict[str, list[int]] = {}

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text."""
        return [k for word in folded(text).split() for k in self._of_word(word)]

    def _of_word(self, word: str) -> list[int]:
        if word not in self._cut:
            if len(self._cut) > 20_000:
                self._cut.clear()
            parts = [word[k : k + _LONGEST_WORD] for k in range(0, len(word), _LONGEST_WORD)]
            self._cut[word] = [k for n, part in enumerate(parts) for k in self._likeliest(part if n else WORD + part)]
        return self._cut[word]

    def _likeliest(self, text: str) -> list[int]:
        """Return the pieces whose likelihoods have the greatest product."""
        size = len(text)
        best, came = [0.0] + [float("-inf")] * size, [(self._unknown, 0)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = self._at.get(text[start:end], self._unknown)
                if piece == self._unknown and end > start + 1:
                    continue
                value = best[start] + (self._rare if piece == self._unknown else self._likely[piece])
                if value > best[end]:
                    best[end], came[end] = value, (piece, start)
        found, end = [], size
        while end:
            piece, end = came[end]
            found.append(piece)
        return found[::-1]
