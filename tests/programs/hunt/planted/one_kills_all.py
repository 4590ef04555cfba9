"""Planted: two trackers in one task group; when one fails both are cancelled and only the strap is begun again."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from steady import PASSING, Running, Tracker, until_interrupted


class Fragile(Tracker):
    async def run(self) -> None:
        while (device := await self.find()) is None:
            pass
        await self.session(device)
        raise TimeoutError("the strap was lost")


async def program() -> None:
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(Fragile().run())
            group.create_task(Running().run())
    except* PASSING as errors:
        print(f"begun again: {errors.exceptions[0]!r}", file=sys.stderr)
    await Tracker().run()


asyncio.run(until_interrupted(program()))
