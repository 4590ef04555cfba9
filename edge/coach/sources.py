"""Where a belief or a reason comes from, in words of a language: the source that is held is English, as a key.

The rule of this file: a source made of parts is said part by part; names of studies, rules and runs stay as they are.
"""

from __future__ import annotations

import re

from edge.coach.phrases import GERMAN, say

#: Sources that hold a number: how they are written, and as what they are said.
_COUNTED = (
    (re.compile(r"your last (\d+) runs"), "your last {count:count} runs"),
    (re.compile(r"(\d+) runs?"), "{runs:count} runs"),
    (re.compile(r"(\d+) runs? with heart rate"), "{count:count} runs with heart rate"),
    (re.compile(r"(\d+) runs with heart rate over prior \w+"), "{count:count} runs with heart rate"),
    (re.compile(r"you said \(sentence (\d+)\)"), "you said (sentence {count:count})"),
    (re.compile(r"said (\d+)"), "sentence {count:count}"),
)
_MODEL = re.compile(r"person model (\w+)(?: \(NumPy\))?")
#: A study, its year, and what it says: the name and the year are enough in another language.
_STUDY = re.compile(r"(.+?(?:19|20)\d\d)(?:[:;,] .*| on .*)?")


def source_words(language: str, source: str) -> str:
    """Return a source in words of a language."""
    if language == "en":
        return source
    if source in GERMAN:
        return say(language, source)
    if source.startswith("rules, because"):
        return say(language, "rules, because the model of you cannot be read")
    for pattern, text in _COUNTED:
        found = pattern.fullmatch(source)
        if found is not None:
            return say(language, text, count=float(found[1]), runs=float(found[1]))
    model, study = _MODEL.fullmatch(source), _STUDY.fullmatch(source)
    if model is not None:
        return say(language, "model of you {name:word}", name=model[1])
    if study is not None:
        return study[1].replace(" and ", say(language, " and "))
    mark = next((mark for mark in ("; ", ", ") if mark in source), "")
    return mark.join(source_words(language, part) for part in source.split(mark)) if mark else source
