"""Planted: three failures in a row and it never tries again."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from steady import PASSING, Tracker, main


class Giving(Tracker):
    async def run(self) -> None:
        failures = 0
        while failures < 3:
            try:
                device = await self.find()
                if device is not None:
                    await self.session(device)
                    failures = 0
            except PASSING as error:
                failures += 1
                print(f"failure {failures}: {error!r}", file=sys.stderr)
            await asyncio.sleep(0.3)
        await asyncio.Event().wait()


main(Giving())
