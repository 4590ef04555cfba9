"""The link layer between bumble's virtual controllers: connection events, packet errors, blackouts, distance.

The rule of this file: every packet between two controllers, data and control alike, passes through `Wire.carry`, which
asks the same link model as the plain radio when it comes out; hosts learn of it by HCI events only.
bumble's own LocalLink delivers at once, loses nothing and always shows -50 dBm; its controller joins fragments and
gives credits before anything was sent. Source: Bluetooth Core 5.4, vol 6 part B, 4.5; vol 4 part E, 4.1.1 and 7.7.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from bumble import controller, hci, link, ll

from hardware_sim.fault_plan import FaultPlan
from hardware_sim.faults import Blackout, Fault, LinkLoss, Restart, begins_s, concerns, ends_s
from hardware_sim.link_model import Air, LinkModel
from hardware_sim.schedule import Schedule

_INTERVAL_UNIT_S = 0.00125
_TIMEOUT_UNIT_S = 0.01
_SPACE_S = 0.00015
"""The space between two packets: the answer to a packet can go out in the next event at the earliest (4.1.1)."""
_ADVERTISING_UNIT_S = 0.000625
_WITHOUT = (
    hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
    | hci.LeFeatureMask.LE_PERIODIC_ADVERTISING
    | hci.LeFeatureMask.LE_CODED_PHY
)
_FAILED = hci.HCI_ErrorCode.CONNECTION_FAILED_TO_BE_ESTABLISHED_ERROR
_TIMEOUT = hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR
_POWER_OFF = hci.HCI_ErrorCode.REMOTE_DEVICE_TERMINATED_CONNECTION_DUE_TO_POWER_OFF_ERROR


class AirLink(link.LocalLink):
    """All controllers within reach of each other: one of the central, and one per tracker with the tracker's name."""

    def __init__(self, model: LinkModel, plan: FaultPlan, schedule: Schedule, seed: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.model, self.plan, self.schedule = model, plan, schedule
        self.wires: dict[hci.Address, Wire] = {}
        """The connections that there are, by the address of the tracker."""
        self.causes: dict[str, str] = {}
        """Why a fault cut the last connection to a tracker, by address, where it says more than the HCI reason."""
        self._seed = seed
        self._chance: dict[str, random.Random] = {}

    def chance(self, name: str) -> random.Random:
        """Return the source of chance of one tracker's radio."""
        return self._chance.setdefault(name, random.Random(f"air {self._seed} {name}"))

    def send_advertising_pdu(self, sender_controller: controller.Controller, packet: ll.AdvertisingPdu) -> None:
        """Let an advertisement be heard by who listens, or a connection begin."""
        if isinstance(packet, ll.ConnectInd):
            tracker = self.find_le_controller(packet.advertiser_address)
            if isinstance(tracker, AirController) and isinstance(sender_controller, AirController):
                self.wires[packet.advertiser_address] = Wire(self, sender_controller, tracker, packet)
                asyncio.get_running_loop().call_soon(tracker.on_ll_advertising_pdu, packet)
        elif isinstance(packet, ll.AdvInd) and isinstance(sender_controller, AirController):
            self._advertise(sender_controller, packet)

    def _advertise(self, sender: AirController, packet: ll.AdvInd) -> None:
        now_s, chance = self.schedule.clock_s(), self.chance(sender.name)
        if self.plan.away(sender.name, now_s) or self.plan.adapter_off(now_s):
            return
        for one in self.controllers:
            if isinstance(one, AirController) and one.listens and chance.random() >= self.model.packet_error_rate:
                one.hear(sender, packet, self.model.rssi_dbm + round(chance.gauss(0.0, 2.5)))

    def wire(self, one: hci.Address, other: hci.Address) -> Wire | None:
        """Return the connection between two addresses."""
        return self.wires.get(one) or self.wires.get(other)

    def send_ll_control_pdu(
        self, sender_address: hci.Address, receiver_address: hci.Address, packet: ll.ControlPdu
    ) -> None:
        """Carry a packet that controls the link, such as the end of the connection or the start of encryption."""
        wire = self.wire(sender_address, receiver_address)
        if wire is None:
            return
        receiver = wire.central if sender_address == wire.address else wire.tracker

        def arrive() -> None:
            if sender_address in receiver.le_connections:
                receiver.on_ll_control_pdu(sender_address, packet)
            wire.obey(packet)

        wire.carry(sender_address, arrive)

    def meet(self, fault: Fault) -> None:
        """Let a fault act on the connections that it concerns."""
        for wire in list(self.wires.values()):
            wire.meet(fault)


class Wire:
    """One connection: both directions of the air between the central's controller and a tracker's."""

    def __init__(self, air: AirLink, central: AirController, tracker: AirController, begun: ll.ConnectInd) -> None:
        self.central, self.tracker = central, tracker
        self.address, self._central_address = begun.advertiser_address, begun.initiator_address
        self._air, self._name, self._schedule = air, tracker.name, air.schedule
        self._interval_s = begun.interval * _INTERVAL_UNIT_S if air.model.interval_s > 0.0 else 0.0
        self._timeout_s = begun.timeout * _TIMEOUT_UNIT_S
        self._out_s = air.schedule.clock_s()
        self._up, self._down = self._way(), self._way()
        for fault in air.plan.faults:
            self.meet(fault)

    def _way(self) -> Air:
        """Return one direction, whose events are those of the other."""
        way = Air(self._air.model, self._air.chance(self._name), max(self._out_s, self._schedule.clock_s()))
        way.interval_s = lambda at_s: self._interval_s
        way.dead_until_s = lambda at_s: self._air.plan.dead_until_s(self._name, at_s)
        return way

    @property
    def alive(self) -> bool:
        """Return whether packets still pass."""
        return self._air.wires.get(self.address) is self

    def carry(self, sender_address: hci.Address, arrive: Callable[[], None]) -> None:
        """Call `arrive` when a packet comes out at the other end; the link dies where it takes too long."""
        ready_s = self._schedule.clock_s() + (_SPACE_S if self._interval_s > 0.0 else 0.0)
        out_s = (self._down if sender_address == self.address else self._up).out_s(ready_s)
        waiting_s = max(ready_s, self._out_s)
        self._out_s = max(self._out_s, out_s)
        if out_s - waiting_s >= self._timeout_s:
            self._schedule.at(waiting_s + self._timeout_s, lambda: self.cut(_TIMEOUT))
        self._schedule.at(out_s, lambda: arrive() if self.alive else None)

    def obey(self, packet: ll.ControlPdu) -> None:
        """Change as a control packet says once it has arrived."""
        if isinstance(packet, ll.TerminateInd):
            self._air.wires.pop(self.address, None)
        elif isinstance(packet, ll.ConnectionUpdateInd):
            self._timeout_s = packet.timeout * _TIMEOUT_UNIT_S
            if self._air.model.interval_s > 0.0:
                self._interval_s = packet.interval * _INTERVAL_UNIT_S
                self._up, self._down = self._way(), self._way()

    def meet(self, fault: Fault) -> None:
        """Plan the end of the link that a fault brings."""
        now_s = self._schedule.clock_s()
        if not concerns(fault, self._name) or ends_s(fault) <= now_s:
            return
        begin_s = max(begins_s(fault), now_s)
        if isinstance(fault, LinkLoss):
            self._schedule.at(begin_s, lambda: self.cut(_TIMEOUT, fault.cause))
        elif isinstance(fault, Restart) and fault.at_s >= now_s:
            self._schedule.at(fault.at_s, lambda: self.cut(_POWER_OFF))
        elif isinstance(fault, Blackout) and fault.to_s - begin_s >= self._timeout_s:
            self._schedule.at(begin_s + self._timeout_s, lambda: self.cut(_TIMEOUT))

    def cut(self, reason: int, cause: str = "") -> None:
        """End the link at both ends, each of which learns the HCI reason."""
        if not self.alive:
            return
        if cause:
            self._air.causes[str(self.address)] = cause
        del self._air.wires[self.address]
        for one, peer in ((self.central, self.address), (self.tracker, self._central_address)):
            connection = one.le_connections.get(peer)
            if connection is not None:
                one.on_le_disconnected(connection, reason)


class AirController(controller.Controller):
    """A controller whose packets take the time that the air needs; a tracker's has the tracker's name."""

    # data length extension: one link-layer packet carries an ATT packet of 247 bytes (vol 6 part B, 4.5.10)
    le_acl_data_packet_length = 251
    supported_max_tx_octets = supported_max_rx_octets = suggested_max_tx_octets = 251
    le_features = controller.Controller.le_features & ~_WITHOUT

    def __init__(self, name: str, air: AirLink) -> None:
        super().__init__(name, link=air)
        self.refuse: Callable[[str], bool] = lambda tracker: False
        """Asked before a connection to a tracker is made; true lets it fail. The central's host sets it."""
        self._air = air
        self._begun: ll.ConnectInd | None = None
        self.le_legacy_advertiser = _Advertiser(self)

    @property
    def listens(self) -> bool:
        """Return whether it scans or waits for a tracker to connect to."""
        return self.le_scan_enable or self.pending_le_connection is not None

    def hear(self, tracker: AirController, packet: ll.AdvInd, rssi_dbm: int) -> None:
        """Report an advertisement and its scan response, and connect where the host waits for this tracker."""
        kinds = hci.HCI_LE_Advertising_Report_Event.EventType
        if self.le_scan_enable:
            response = tracker.le_legacy_advertiser.scan_response_data
            for kind, payload in ((kinds.ADV_IND, packet.data), (kinds.SCAN_RSP, response)):
                self.send_hci_packet(_report(kind, packet.advertiser_address, payload, max(rssi_dbm, -127)))
        pending = self.pending_le_connection
        if pending is None or pending.peer_address != packet.advertiser_address:
            return
        if self.refuse(tracker.name):
            self._not_connected(_FAILED, pending.peer_address)
        else:
            self.create_le_connection(packet.advertiser_address)

    def _not_connected(self, status: int, peer: hci.Address) -> None:
        """Tell the host that the connection it asked for does not come about."""
        self.pending_le_connection = None
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=status,
                connection_handle=0,
                role=hci.Role.CENTRAL,
                peer_address_type=peer.address_type,
                peer_address=peer,
                connection_interval=0,
                peripheral_latency=0,
                supervision_timeout=0,
                central_clock_accuracy=0,
            )
        )

    def on_hci_le_create_connection_cancel_command(
        self, _command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Wait no more for a tracker to connect to (vol 4 part E, 7.8.13: the connection event follows)."""
        if self.pending_le_connection is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        self._not_connected(
            hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR, self.pending_le_connection.peer_address
        )
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_le_connect_ind(self, packet: ll.ConnectInd) -> None:
        """Take a connection that a central makes."""
        self._begun = packet
        super().on_le_connect_ind(packet)

    def send_hci_packet(self, packet: hci.HCI_Packet) -> None:
        """Hand a packet to the host; a tracker's host is told the true parameters of a new connection."""
        begun = self._begun
        if isinstance(packet, hci.HCI_LE_Connection_Complete_Event) and begun is not None:
            self._begun = None
            packet.connection_interval, packet.supervision_timeout = begun.interval, begun.timeout
            packet.peripheral_latency = begun.latency
        super().send_hci_packet(packet)

    def on_hci_acl_data_packet(self, packet: hci.HCI_AclDataPacket) -> None:
        """Send one fragment over the air; its credit goes back to the host when it is through."""
        connection = self.find_le_connection_by_handle(packet.connection_handle)
        wire = self._air.wire(connection.self_address, connection.peer_address) if connection else None
        if connection is None or wire is None:
            return
        receiver = wire.central if wire.tracker is self else wire.tracker

        def arrive() -> None:
            if self.le_connections.get(connection.peer_address) is connection:
                self.send_hci_packet(
                    hci.HCI_Number_Of_Completed_Packets_Event(
                        connection_handles=[connection.handle], num_completed_packets=[1]
                    )
                )
            receiver.receive(connection.self_address, packet)

        wire.carry(connection.self_address, arrive)

    def receive(self, sender_address: hci.Address, packet: hci.HCI_AclDataPacket) -> None:
        """Hand a fragment that came over the air to the host."""
        connection = self.le_connections.get(sender_address)
        if connection is None:
            return
        first = packet.pb_flag != hci.HCI_ACL_PB_CONTINUATION
        flag = hci.HCI_ACL_PB_FIRST_FLUSHABLE if first else hci.HCI_ACL_PB_CONTINUATION
        self.send_hci_packet(hci.HCI_AclDataPacket(connection.handle, flag, 0, len(packet.data), packet.data))


class _Advertiser(controller.LegacyAdvertiser):
    """Advertises at the interval that the host asked for, in its true unit, with the delay of the specification."""

    def _on_timer_fired(self) -> None:
        self.send_advertising_data()
        air = self.controller.link
        delay_s = air.chance(self.controller.name).uniform(0.0, 0.01) if isinstance(air, AirLink) else 0.0
        self.timer_handle = asyncio.get_running_loop().call_later(
            self.advertising_interval_min * _ADVERTISING_UNIT_S + delay_s, self._on_timer_fired
        )


def _report(
    kind: hci.HCI_LE_Advertising_Report_Event.EventType, address: hci.Address, payload: bytes, rssi_dbm: int
) -> hci.HCI_LE_Advertising_Report_Event:
    report = hci.HCI_LE_Advertising_Report_Event.Report(
        event_type=kind, address_type=address.address_type, address=address, data=payload, rssi=rssi_dbm
    )
    return hci.HCI_LE_Advertising_Report_Event([report])
