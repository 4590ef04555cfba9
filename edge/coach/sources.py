"""Where a belief comes from, in words of a language: the source that it holds is English, as a key.

The rule of this file: a source made of parts is said part by part; what is nobody's word here stays as it is.
"""

from __future__ import annotations

import re

from edge.coach.phrases import say

#: Sources that hold a number: how they are written, and as what they are said.
_COUNTED = (
    (re.compile(r"your last (\d+) runs"), "your last {count:count} runs"),
    (re.compile(r"(\d+) runs? with heart rate"), "{count:count} runs with heart rate"),
    (re.compile(r"you said \(sentence (\d+)\)"), "you said (sentence {count:count})"),
)


def source_words(language: str, source: str) -> str:
    """Return a source in words of a language."""
    if language == "en":
        return source
    for mark in ("; ", ", "):
        if mark in source and say(language, source) == source:
            return mark.join(source_words(language, part) for part in source.split(mark))
    for pattern, text in _COUNTED:
        found = pattern.fullmatch(source)
        if found is not None:
            return say(language, text, count=float(found[1]))
    return say(language, source)
