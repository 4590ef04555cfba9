"""Where the diary lives: `--db`, else `KADENZ_HOME`, else the platform's user-data folder."""

from __future__ import annotations

import os
from pathlib import Path

DIARY_NAME = "diary.db"


def diary_path(argument: Path | None) -> Path:
    """Return the diary's file: a given file, `diary.db` in a given folder, else in the person's own folder."""
    if argument is not None:
        return argument / DIARY_NAME if argument.is_dir() else argument
    home = os.environ.get("KADENZ_HOME")
    if home:
        return Path(home).expanduser() / DIARY_NAME
    from platformdirs import user_data_path

    return user_data_path("kadenz", appauthor=False) / DIARY_NAME
