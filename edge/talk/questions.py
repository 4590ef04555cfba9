"""Questions about things in general, which tell nothing of the person who asks: "was hilft gegen Muskelkater?".

The rule of this file: how such a question begins, and no word of oneself in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edge.talk.tokens import listed

_GENERAL = re.compile(
    r"(?:und |aber |sag mal |mal )?"
    r"(?:was (?:ist (?:ein|eine|eigentlich|der|die)|sind|bedeutet|heisst|hilft|bringt)"
    r"|wie (?:wirkt|viel|viele|lange dauert|oft)|woran (?:merkt|erkennt)|ab (?:wann|welcher|welchem|wie)"
    r"|kann laufen|verliert man|(?:warum|wieso|wann) (?:bekommt|hat|kriegt|soll|darf) man)\b"
)
_ONESELF = listed("ich mir mich mein meine meinen meinem meiner wir uns unser")


def speaks_in_general(said: Sequence[str]) -> bool:
    """Return whether the words of a clause ask about things in general."""
    return bool(_GENERAL.match(" ".join(said))) and not _ONESELF & set(said)
