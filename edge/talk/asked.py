"""Questions: leave that is asked for in spite of a warning is news, a question about runners as such is none.

The rule of this file: in doubt it is about the person who asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from edge.talk.tokens import listed
from edge.talk.words import Item

if TYPE_CHECKING:
    from edge.talk.clauses import Clause

SUBJECT = listed("i im ive id ill me myself ich bin hab habe mich mir hatte we wir uns us")
MINE = listed("my mein meine meinen meinem meiner meines our unser unsere mine")
#: What leave is asked for, and what tells that the warning is not there yet.
_RUNS = listed("run train race jog go running")
_DARF_ICH = listed("darf soll sollen kann koennen")
_COMES = listed("get gets start starts ever happens suddenly comes")


def may_i(one: Clause, words: Sequence[str], mark: Item) -> bool:
    """Return whether leave is asked for in spite of a warning, or if one is normal: "can I run if I see double?"."""
    if words[mark.start] == "wenn" and mark.start - one.start > 1 and words[one.start] in _DARF_ICH:
        return True  # "darf ich laufen wenn ich Fieber habe": it is asked of now
    said = set(words[one.start : mark.start])
    begun = bool(said & {"can", "should", "may", "could", "shall", "do"}) and bool(said & {"i", "we"})
    here = not _COMES & set(words[mark.end : one.end]) and "stop" not in said
    asked = begun and bool(said & _RUNS) and here
    normal = ["is", "it"] in (list(words[mark.start : mark.start + 2]), list(words[one.start : one.start + 2]))
    mine = asked or (normal and bool((SUBJECT | MINE) & set(words[mark.end : one.end])))
    return mine and one.has("red_flag", "red_s", "HEART", "AREA:chest") and "what" not in said


#: How a question about runners as such begins, and who it would have to name to be about oneself.
_ASKS = listed("what how why when who do does can is are which")
_NEWS = listed("illness medication red_s fatigue pregnancy HURT")
#: In German by its beginning alone: "was hilft gegen Muskelkater?".
_GENERAL = re.compile(
    r"(?:und |aber |sag mal |mal )?"
    r"(?:was (?:ist (?:ein|eine|eigentlich|der|die)|sind|bedeutet|heisst|hilft|bringt)"
    r"|wie (?:wirkt|viel|viele|lange dauert|oft)|woran (?:merkt|erkennt)|ab (?:wann|welcher|welchem|wie)"
    r"|kann laufen|verliert man|(?:warum|wieso|wann) (?:bekommt|hat|kriegt|soll|darf) man)\b"
)
_ONESELF = listed("ich mir mich mein meine meinen meinem meiner wir uns unser")
#: What keeps such a question from being none of the person's: it might be a warning.
_GRAVE = ("red_flag", "HEART", "BLOOD", "AREA:chest", "OUTOFBREATH", "CONFUSED")
_WARNING = ("red_flag", "HEART", "AREA:chest", "BLOOD", "W", "WISHES", "AVAIL")


def is_general(one: Clause, words: Sequence[str], sentence: Sequence[str], ending: str) -> bool:
    """Return whether a clause of a sentence with its ending asks about runners as such, not oneself."""
    in_german = _GENERAL.match(" ".join(words[one.start : one.end])) and not _ONESELF & set(words[one.start : one.end])
    return _asks_in_english(one, sentence, ending) or (bool(in_german) and not one.has(*_GRAVE))


def _asks_in_english(one: Clause, said: Sequence[str], ending: str) -> bool:
    """Return whether a sentence asks so in English: "do painkillers affect performance?"."""
    if ending != "?" or said[0] not in _ASKS or (SUBJECT | MINE) & set(said):
        return False
    return any(i.group in _NEWS for i in one.items) and not one.has(*_WARNING)
