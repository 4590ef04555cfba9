"""A file is written whole or not at all: beside its place first, then moved there in one step."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from app.output import CommandError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name never stands for half of it; CommandError names what refused."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        try:
            with draft.open("wb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise CommandError(f"{path} cannot be written: {problem.strerror or problem}") from problem
