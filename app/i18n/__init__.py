"""The app's languages: one folder of gettext catalogues (`*.po`) each, one file a screen, English as the source.

The rule of this folder: the .po files are the only source, read at start by polib and served by the standard gettext,
so that nothing has to be compiled and any translator's tool can edit them.
"""

from __future__ import annotations

import gettext
import io
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de")


@lru_cache(maxsize=8)
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations of a language; English is its own source. ValueError for an unknown language."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; there are {', '.join(LANGUAGES)}")
    files = sorted((FOLDER / language).glob("*.po"))
    if not files:
        return gettext.NullTranslations()
    import polib

    whole = polib.POFile()
    whole.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for file in files:
        whole.extend(polib.pofile(str(file), encoding="utf-8"))
    return gettext.GNUTranslations(io.BytesIO(whole.to_binary()))
