"""Correct: a strap and a watch, each with a life of its own."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from steady import Running, Tracker, main

main(Tracker(), Running())
