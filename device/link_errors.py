"""What can be wrong with a link, sorted by what the person can do about it.

The rule of this file: every reason has one sentence that tells the person what to do; what the radio or the
operating system said is the detail behind it.
"""

from __future__ import annotations

from enum import Enum


class LinkReason(Enum):
    """Why a tracker cannot be reached or used; the value is the sentence for the person."""

    OFF = "Bluetooth is switched off: switch it on"
    NO_ADAPTER = "this computer has no Bluetooth, or its Bluetooth service is not running"
    NO_PERMISSION = "Kadenz may not use Bluetooth here: allow it in the system's settings"
    BUS_DIED = "the system's Bluetooth service went away; Kadenz goes on as soon as it is back"
    NOT_FOUND = "the tracker is not seen: wake it (wear it, moisten the strap) and bring it near"
    OUT_OF_RANGE = "the tracker is out of range, or its battery is empty"
    IN_USE = "the tracker is in use by another app or device: close that one"
    NO_SLOTS = "this computer's Bluetooth has no free connection: disconnect another device"
    NEEDS_BONDING = "the tracker wants to be paired: put it into pairing mode and pair it in the system's settings"
    REFUSED = "the tracker refused what was asked of it: switch it off and on"
    STALE_SERVICES = (
        "the tracker offers other services than this computer remembers: remove it in the system's settings"
    )
    UNKNOWN_KIND = "the tracker offers nothing that Kadenz can read"
    TIMED_OUT = "the tracker did not answer in time"
    SILENT = "the tracker is connected but sends nothing: is it worn, and moving?"
    LOST = "the connection to the tracker was lost"
    FAILED = "the connection failed"

    @property
    def sentence(self) -> str:
        """Return what the person reads: what is the matter and what helps."""
        return self.value


#: Reasons that concern the computer, not one tracker.
OF_THE_COMPUTER = frozenset({LinkReason.OFF, LinkReason.NO_ADAPTER, LinkReason.NO_PERMISSION, LinkReason.BUS_DIED})


class LinkError(Exception):
    """A link could not be made or used; `reason` says why in a word for the program, the text for the person."""

    def __init__(self, reason: LinkReason, detail: str = "") -> None:
        super().__init__(reason.sentence + (f" ({detail})" if detail else ""))
        self.reason = reason
        self.detail = detail
