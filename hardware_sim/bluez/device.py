"""A device that was heard: org.bluez.Device1.

The rule of this file: a device has at most one link and one attempt at a time; `join` and `part` are the only ways to
make and end it; the objects of its services stay when the link ends. Source: BlueZ doc/org.bluez.Device.rst.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeAlias

from dbus_fast import Variant

from hardware_sim.bluez import errors
from hardware_sim.bluez.agent import AgentManager
from hardware_sim.bluez.errors import BlueZError
from hardware_sim.bluez.gatt import Table
from hardware_sim.bluez.heard import named, news
from hardware_sim.bluez.host import Host
from hardware_sim.bluez.tree import Call, Interface, method
from hardware_sim.central import Advertisement, AttError, ConnectError, GattLink, LinkGoneError, Result

Ended: TypeAlias = Callable[[BlueZError | None], None]
_REASONS = {  # words of the radio, and BlueZ's reason (doc/org.bluez.Device.rst, signal Disconnected)
    "supervision": ("Timeout", "Connection timeout"),
    "host": ("Local", "Connection terminated by local host"),
    "adapter": ("Local", "Connection terminated by local host"),
    "authentication": ("Authentication", "Connection terminated due to an authentication failure"),
}
_BY_REMOTE = ("Remote", "Connection terminated by remote user")


class Device(Interface):
    """One device of the adapter, from its first advertisement until it is forgotten."""

    name = "org.bluez.Device1"
    writable: ClassVar[Mapping[str, str]] = {"Alias": "s", "Trusted": "b", "Blocked": "b", "WakeAllowed": "b"}
    signals: ClassVar[Mapping[str, str]] = {"Disconnected": "ss"}

    def __init__(
        self,
        host: Host,
        adapter: str,
        heard: Advertisement,
        agents: AgentManager,
        idle: Callable[[Device], None],
    ) -> None:
        super().__init__(host.tree, f"{adapter}/dev_{heard.address.upper().replace(':', '_')}")
        self.address = heard.address
        self.link: GattLink | None = None
        self._host, self._agents, self._idle = host, agents, idle
        self._give_up: Callable[[], None] | None = None
        self._joining: list[Ended] = []
        self._pairing: list[Ended] = []
        self._table = Table(host, self)
        self.properties.update(_first_properties(adapter, heard))

    # ── what is known of it ────────────────────────────────────────────────────────────────────────────────────

    @property
    def paired(self) -> bool:
        """Return whether this host remembers a bond with it."""
        return bool(self.properties["Paired"].value)

    @property
    def temporary(self) -> bool:
        """Return whether it may be forgotten: nobody is connected or connecting, and there is no bond."""
        return self.link is None and not self._joining and not self.paired

    def heard(self, heard: Advertisement, *, step_db: int, every: bool) -> None:
        """Take an advertisement; a signal strength that differs by less than `step_db` is not news."""
        self.change(**news(self.properties, heard, step_db))
        if every:
            again = {n: self.properties[n] for n in ("ManufacturerData", "ServiceData") if n in self.properties}
            for name in again:
                del self.properties[name]
            self.change(**again)

    def unheard(self) -> None:
        """Take the signal strengths away: nobody listens any more."""
        self.change("RSSI", "TxPower")

    def written(self, name: str, value: Variant) -> None:
        """Take a property that a client sets."""
        if name == "Alias" and not value.value:
            value = self.properties.get("Name") or Variant("s", self.address.replace(":", "-"))
        super().written(name, value)
        if name == "Blocked" and value.value:
            self.part()

    # ── connecting ─────────────────────────────────────────────────────────────────────────────────────────────

    @method("Connect")
    def connect(self, call: Call) -> None:
        """Connect; answered when the link stands, before the services are shown."""
        if self._joining or self._pairing:
            raise errors.in_progress()
        self.join(call.end)

    @method("Disconnect")
    def disconnect(self, call: Call) -> None:
        """Give up connecting, or end the link; answered when it is gone."""
        self.part()
        call.reply()

    @method("ConnectProfile", "s")
    def connect_profile(self, call: Call) -> None:
        """Connect: every service of a tracker comes with the link."""
        self.connect(call)

    @method("DisconnectProfile", "s")
    def disconnect_profile(self, call: Call) -> None:
        """Refuse: a single service cannot be disconnected."""
        raise errors.not_supported()

    def join(self, ended: Ended) -> None:
        """Connect, or wait for the attempt under way; `ended` gets None when connected."""
        if self.link is not None:
            ended(None)
            return
        if not self._host.powered():
            ended(errors.not_ready())
            return
        if self.properties["Blocked"].value:
            ended(BlueZError("NotAvailable", "Operation currently not available"))
            return
        self._joining.append(ended)
        if len(self._joining) == 1:
            self._give_up = self._host.central.connect(self.address, self._joined)

    def _joined(self, result: GattLink | ConnectError) -> None:
        self._give_up = None
        waiting, self._joining = self._joining, []
        if isinstance(result, ConnectError):
            if result.flips_connected:
                self.change(Connected=Variant("b", True))
            for ended in waiting:
                ended(BlueZError(result.error, str(result)))
            self.change(Connected=Variant("b", False))
            self._idle(self)
            return
        self.link = result
        result.lost = self._lost
        result.notified = self._table.notified
        self._idle(self)
        self.change(Connected=Variant("b", True))
        self._note_bond()
        for ended in waiting:
            ended(None)
        self._resolve(result)

    def _resolve(self, link: GattLink) -> None:
        """Show the services, and only then say that they are known."""
        if self.link is link:
            self._table.show(link)
            uuids = sorted({service.uuid for service in link.services})
            self.change(UUIDs=Variant("as", uuids), ServicesResolved=Variant("b", True))

    def _lost(self, reason: str) -> None:
        if self.link is None:
            return
        self.link = None
        self._table.hide()
        self.change(ServicesResolved=Variant("b", False))
        self.change(Connected=Variant("b", False))
        word, text = next((why for key, why in _REASONS.items() if key in reason), _BY_REMOTE)
        self.tree.signal(self.path, self.name, "Disconnected", "ss", f"org.bluez.Reason.{word}", text)
        self._idle(self)

    def part(self) -> None:
        """Give up connecting and pairing, and end the link."""
        if self._give_up is not None:
            self._give_up()
            self._give_up = None
        waiting, self._joining = self._joining, []
        for ended in waiting:
            ended(errors.failed("Canceled"))
        if self.link is not None:
            self.link.disconnect()

    def adapter_off(self) -> None:
        """End everything: the adapter was switched off."""
        waiting, self._joining = self._joining, []
        for ended in waiting:
            ended(errors.not_ready())
        self.part()

    def gone(self) -> None:
        """Forget the services with the device."""
        self._table.forget()

    # ── pairing ────────────────────────────────────────────────────────────────────────────────────────────────

    @method("Pair")
    def pair(self, call: Call) -> None:
        """Connect where needed, and bond."""
        if self._joining or self._pairing:
            raise errors.in_progress()
        if self.paired:
            raise errors.already_exists()

        def joined(error: BlueZError | None) -> None:
            if error is not None:
                call.fail(error)
            elif not self._agents.any_for(call.sender):
                # BlueZ accepts Just Works by itself when a client asked for it, but only with an agent (bleak #1434)
                call.fail(errors.authentication("Failed"))
            else:
                self._bond(call.end)

        self.join(joined)

    @method("CancelPairing")
    def cancel_pairing(self, call: Call) -> None:
        """Give pairing up; who asked for it is told."""
        if not self._pairing:
            raise errors.does_not_exist()
        self._end_pairing(errors.authentication("Canceled"))
        call.reply()

    def secure(self, ended: Callable[[bool], None]) -> None:
        """Bond because a value needs it, where the default agent agrees; `ended` gets whether that came about."""
        if self.link is None or self.link.bonded:
            ended(False)
            return

        def allowed(yes: bool) -> None:
            if yes and self.link is not None:
                self._bond(lambda error: ended(error is None))
            else:
                ended(False)

        self._agents.authorize(self.path, allowed)

    def _bond(self, ended: Ended) -> None:
        if self.link is None:
            ended(errors.authentication("Canceled"))
            return
        self._pairing.append(ended)
        if len(self._pairing) == 1:
            self.link.pair(self._bonded)

    def _bonded(self, result: Result) -> None:
        if isinstance(result, LinkGoneError):
            self._end_pairing(errors.authentication("Canceled"))
        elif isinstance(result, ConnectError) and result.error.startswith(errors.ORG + "Authentication"):
            self._end_pairing(BlueZError(result.error, str(result)))
        elif isinstance(result, (AttError, ConnectError)):
            self._end_pairing(errors.authentication("Failed"))
        elif self._pairing:
            self._note_bond()
            self._end_pairing(None)
        else:  # given up meanwhile: the tracker remembers a bond, this host does not
            self._host.central.unpair(self.address)

    def _note_bond(self) -> None:
        if self.link is not None and self.link.bonded:
            self.change(Paired=Variant("b", True), Bonded=Variant("b", True))

    def _end_pairing(self, error: BlueZError | None) -> None:
        waiting, self._pairing = self._pairing, []
        for ended in waiting:
            ended(error)


def _first_properties(adapter: str, heard: Advertisement) -> dict[str, Variant]:
    no = Variant("b", False)
    return {
        "Address": Variant("s", heard.address.upper()),
        "AddressType": Variant("s", "random" if heard.random_address else "public"),
        "Alias": Variant("s", heard.name or heard.address.replace(":", "-")),
        "Paired": no,
        "Bonded": no,
        "Trusted": no,
        "Blocked": no,
        "LegacyPairing": no,
        "CablePairing": no,
        "Connected": no,
        "ServicesResolved": no,
        "Adapter": Variant("o", adapter),
        "UUIDs": Variant("as", []),
    } | named(heard)
