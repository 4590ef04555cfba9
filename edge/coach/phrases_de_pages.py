"""German for the pages of the terminal: headings and lines of `today`, `me`, `why` and others.

The rule of this file: as in `phrases_de`.
"""

from __future__ import annotations

PAGES: dict[str, str] = {}
