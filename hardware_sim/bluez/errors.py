"""The errors of org.bluez, in BlueZ's own names and words.

The rule of this file: names and texts are what clients match on, so they are BlueZ's to the letter. Source: the
"Possible errors" of BlueZ's D-Bus documentation (doc/org.bluez.*.rst), and bleak's reading of the texts
(bleak/backends/bluezdbus/utils.py), which turns them back into codes of the Attribute Protocol.
"""

from __future__ import annotations

from hardware_sim.central import AttError, ConnectError, LinkGoneError, Result
from hardware_sim.peripheral import Att

ORG = "org.bluez.Error."
AUTHORIZATION, KEY_SIZE = 0x08, 0x0C


class BlueZError(Exception):
    """A request over D-Bus is answered with an error: its name, and a text for people (and for bleak)."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name if "." in name else ORG + name
        self.text = text


def failed(text: str) -> BlueZError:
    """Return the error for all that has no name of its own."""
    return BlueZError("Failed", text)


def not_ready() -> BlueZError:
    """Return the error of an adapter that is switched off."""
    return BlueZError("NotReady", "Resource Not Ready")


def in_progress() -> BlueZError:
    """Return the error of a request that is under way already."""
    return BlueZError("InProgress", "Operation already in progress")


def not_supported() -> BlueZError:
    """Return the error of what the object cannot do."""
    return BlueZError("NotSupported", "Operation is not supported")


def not_permitted(text: str) -> BlueZError:
    """Return the error of what must not be done now."""
    return BlueZError("NotPermitted", text)


def not_authorized() -> BlueZError:
    """Return the error of what this client may not do."""
    return BlueZError("NotAuthorized", "Operation Not Authorized")


def invalid_arguments(text: str = "Invalid arguments in method call") -> BlueZError:
    """Return the error of wrong arguments."""
    return BlueZError("InvalidArguments", text)


def does_not_exist() -> BlueZError:
    """Return the error of what is not there."""
    return BlueZError("DoesNotExist", "Does Not Exist")


def already_exists() -> BlueZError:
    """Return the error of what is there already."""
    return BlueZError("AlreadyExists", "Already Exists")


def authentication(what: str) -> BlueZError:
    """Return the error of pairing that did not succeed; `what` is Failed, Canceled, Rejected or Timeout."""
    return BlueZError(f"Authentication{what}", f"Authentication {what}")


def of_att(code: int) -> BlueZError:
    """Return the error for a code of the Attribute Protocol."""
    if code in (Att.INSUFFICIENT_AUTHENTICATION, Att.INSUFFICIENT_ENCRYPTION, KEY_SIZE):
        return not_permitted("Not paired")
    if code == AUTHORIZATION:
        return not_authorized()
    if code == Att.REQUEST_NOT_SUPPORTED:
        return not_supported()
    worded: dict[int, BlueZError] = {
        Att.READ_NOT_PERMITTED: not_permitted("Read not permitted"),
        Att.WRITE_NOT_PERMITTED: not_permitted("Write not permitted"),
        Att.INVALID_OFFSET: invalid_arguments("Invalid offset"),
        Att.INVALID_LENGTH: invalid_arguments("Invalid Length"),
    }
    return worded.get(code) or failed(f"Operation failed with ATT error: 0x{code:02x}")


def of_result(result: Result) -> BlueZError | None:
    """Return the error for the outcome of a request, None when it was done.

    A request that the end of the link cut off ends as "unlikely error", as clients of BlueZ see it.
    """
    if isinstance(result, AttError):
        return of_att(result.code)
    if isinstance(result, LinkGoneError):
        return of_att(Att.UNLIKELY)
    if isinstance(result, ConnectError):
        return BlueZError(result.error, str(result))
    return None
