"""
Detection callback w/ scanner
--------------

Example showing what is returned using the callback upon detection functionality

Updated on 2020-10-11 by bernstern <bernie@allthenticate.net>

"""

import argparse
import asyncio
import logging

from bleak import BleakScanner
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

logger = logging.getLogger(__name__)


class Args(argparse.Namespace):
    macos_use_bdaddr: bool
    services: list[str]
    debug: bool


def simple_callback(device: BLEDevice, advertisement_data: AdvertisementData):
    logger.info(
        "addr: %s, name: %s, %r", device.address, device.name, advertisement_data
    )


async def main(args: Args):
    scanner = BleakScanner(
        simple_callback, args.services, cb={"use_bdaddr": args.macos_use_bdaddr}
    )

    while True:
        logger.info("(re)starting scanner")
        async with scanner:
            await asyncio.sleep(5.0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()

    parser.add_argument(
        "--macos-use-bdaddr",
        action="store_true",
        help="when true use Bluetooth address instead of UUID on macOS",
    )

    parser.add_argument(
        "--services",
        metavar="<uuid>",
        nargs="*",
        help="UUIDs of one or more services to filter for",
    )

    parser.add_argument(
        "-d",
        "--debug",
        action="store_true",
        help="sets the logging level to debug",
    )

    args = parser.parse_args(namespace=Args())

    log_level = logging.DEBUG if args.debug else logging.INFO
    logging.basicConfig(
        level=log_level,
        format="%(asctime)-15s %(name)-8s %(levelname)s: %(message)s",
    )

    asyncio.run(main(args))
