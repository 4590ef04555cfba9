"""The door by files: a contribution to a file of one's own, many to one shared prior, and that one to be used.

The rule of this file: a file is whole or not there; why one was not read is said by name.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.sharing.contribution import Contribution
from models.sharing.exchange import Permit, SharingError, require
from models.sharing.prior_text import MOST_BYTES, contribution_from, contribution_text, shared_from
from models.sharing.shared import SharedPrior


@dataclass(frozen=True, slots=True)
class FileExchange:
    """`PriorExchange` by files: where a contribution is written to, and where a shared prior is read from."""

    out: Path
    back: Path
    purpose: str = "file"

    def offer(self, contribution: Contribution, permit: Permit) -> None:
        """Write the contribution; SharingError without consent for files, or where the file cannot be written."""
        require(permit, self.purpose)
        if not contribution.noise_sd > 0.0:
            raise SharingError("this contribution was not blurred: nothing left this device")
        write_text(self.out, contribution_text(contribution))

    def fetch(self) -> SharedPrior | None:
        """Return the shared prior of the file, None where there is no file; SharingError names what is wrong."""
        return shared_prior(self.back) if self.back.exists() else None


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; SharingError names it where that fails."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="ascii", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise SharingError(f"{path}: {problem.strerror}") from problem


def read_text(path: Path) -> str:
    """Return the text of a file; SharingError names it where it cannot be read or is too long to be one of ours."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SharingError(f"{path.name}: absurd: {path.stat().st_size} bytes")
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise SharingError(f"{path}: {problem.strerror}") from problem
    except UnicodeDecodeError:
        raise SharingError(f"{path.name}: foreign or damaged: this is no text") from None


def shared_prior(path: Path) -> SharedPrior:
    """Return the shared prior of a file; SharingError names the file and the reason."""
    text = read_text(path)
    try:
        return shared_from(text)
    except SharingError as problem:
        raise SharingError(f"{path.name}: {problem}") from problem


def contributions(folder: Path) -> tuple[list[Contribution], list[str]]:
    """Return the contributions of a folder's JSON files in the order of their names, and why others are left out."""
    if not folder.is_dir():
        raise SharingError(f"{folder}: this is no folder")
    told, left_out = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            told.append(_contribution(path))
        except SharingError as problem:
            left_out.append(str(problem))
    return told, left_out


def _contribution(path: Path) -> Contribution:
    text = read_text(path)
    try:
        return contribution_from(text)
    except SharingError as problem:
        raise SharingError(f"{path.name}: {problem}") from problem


def alike(told: Sequence[Contribution]) -> list[Contribution]:
    """Return the contributions of the commonest bundled prior and blurring: others do not go together with them."""
    kinds = [(one.base, one.clip_norm, one.noise_sd) for one in told]
    most = Counter(sorted(kinds)).most_common(1)
    return [one for one, kind in zip(told, kinds, strict=True) if kind == most[0][0]]
