"""Which phone this is, if it is one; computers are told apart nowhere else."""

from __future__ import annotations

import os
import sys


def phone() -> str:
    """Return "android", "ios", or "" on a computer."""
    if sys.platform == "ios":
        return "ios"
    return "android" if sys.platform == "android" or "ANDROID_ARGUMENT" in os.environ else ""
