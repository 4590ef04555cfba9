"""`python -m app --low 50 --high 150 [--seconds 20]`: print a line when the pulse leaves its range."""

from __future__ import annotations

import argparse
import asyncio

from device.strap import watch
from edge.alarm import said

from models.person import Person


async def run(person: Person, seconds: float, tell: object = print) -> None:
    """Watch for so many s and tell what there is to say, each thing once until it changes."""
    stop, last = asyncio.Event(), ""

    def take(bpm: int, contact: bool) -> None:
        nonlocal last
        text = said(bpm, contact, person)
        if text.split(":")[0] != last.split(":")[0]:
            tell(text or f"in range: {bpm} bpm")  # type: ignore[operator]
        last = text

    watching = asyncio.create_task(watch(take, stop))
    await asyncio.sleep(seconds)
    stop.set()
    await watching


def main() -> None:
    """Run the program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--low", type=int, default=50)
    parser.add_argument("--high", type=int, default=150)
    parser.add_argument("--seconds", type=float, default=20.0)
    args = parser.parse_args()
    asyncio.run(run(Person(args.low, args.high), args.seconds, lambda text: print(text, flush=True)))


if __name__ == "__main__":
    main()
