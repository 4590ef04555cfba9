"""Planted: connects once; after a loss it waits for ever."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import asyncio

from steady import Tracker, main


class Once(Tracker):
    async def run(self) -> None:
        device = None
        while device is None:
            device = await self.find()
        try:
            await self.session(device)
        except Exception as error:
            print(f"over: {error!r}", file=sys.stderr)
        await asyncio.Event().wait()


main(Once())
