"""A tree of D-Bus objects: what they offer, what they answer, and what they say when they change.

The rule of this file: D-Bus only, nothing of Bluetooth; messages come in by `handle` and go out by `send`, in order.
Source: D-Bus specification, "Standard Interfaces".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from xml.sax.saxutils import quoteattr

from dbus_fast import Message, MessageFlag, MessageType, Variant

from hardware_sim.bluez.errors import BlueZError

PROPERTIES, OBJECTS = "org.freedesktop.DBus.Properties", "org.freedesktop.DBus.ObjectManager"
INTROSPECTABLE, PEER = "org.freedesktop.DBus.Introspectable", "org.freedesktop.DBus.Peer"
_ERROR = "org.freedesktop.DBus.Error."
_DOCTYPE = (
    '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"\n'
    '"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">\n'
)


class Call:
    """A method call of a client: answer it once, with `reply` or `fail`, now or later."""

    __slots__ = ("_gives", "_send", "_sent", "message")

    def __init__(self, message: Message, gives: str, send: Callable[[Message], object]) -> None:
        self.message, self._gives, self._send, self._sent = message, gives, send, False

    @property
    def sender(self) -> str:
        """Return the unique name of the client."""
        return self.message.sender or ""

    @property
    def arguments(self) -> list[Any]:
        """Return what the client passed."""
        return self.message.body

    def reply(self, *values: object, fds: tuple[int, ...] = ()) -> None:
        """Answer with values of the method's signature."""
        body, signature = list(values), self._gives if values else ""
        self._answer(Message.new_method_return(self.message, signature, body, list(fds)))

    def fail(self, error: BlueZError) -> None:
        """Answer with an error."""
        self._answer(Message.new_error(self.message, error.name, error.text))

    def end(self, error: BlueZError | None) -> None:
        """Answer with nothing where all went well, else with the error."""
        if error is None:
            self.reply()
        else:
            self.fail(error)

    def _answer(self, message: Message) -> None:
        if self._sent:
            return
        self._sent = True
        if not self.message.flags & MessageFlag.NO_REPLY_EXPECTED:
            self._send(message)


@dataclass(frozen=True, slots=True)
class Method:
    """A method that clients may call: signatures in and out, and the function that carries it out."""

    takes: str
    gives: str
    function: Callable[[Any, Call], None]


Function = TypeVar("Function", bound=Callable[..., None])


def method(name: str, takes: str = "", gives: str = "") -> Callable[[Function], Function]:
    """Return a decorator that makes a function of an `Interface` a D-Bus method."""

    def mark(function: Function) -> Function:
        function.dbus = (name, takes, gives)  # type: ignore[attr-defined]
        return function

    return mark


class Interface:
    """One interface of one object, with its properties; a subclass gives the name and the methods."""

    name: ClassVar[str]
    methods: ClassVar[Mapping[str, Method]] = {}
    writable: ClassVar[Mapping[str, str]] = {}
    """Properties that clients may set, with their signature."""
    signals: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls) -> None:
        found = (getattr(cls, name) for name in dir(cls) if hasattr(getattr(cls, name), "dbus"))
        cls.methods = {one.dbus[0]: Method(one.dbus[1], one.dbus[2], one) for one in found}

    def __init__(self, tree: Tree, path: str) -> None:
        self.tree, self.path = tree, path
        self.properties: dict[str, Variant] = {}

    def change(self, *gone: str, **values: Variant) -> None:
        """Give properties new values, or take them away by name, and tell what differs in one signal."""
        changed = {name: value for name, value in values.items() if self.properties.get(name) != value}
        invalid = [name for name in gone if self.properties.pop(name, None) is not None]
        self.properties.update(changed)
        if (changed or invalid) and self.tree.holds(self):
            self.tree.signal(self.path, PROPERTIES, "PropertiesChanged", "sa{sv}as", self.name, changed, invalid)

    def written(self, name: str, value: Variant) -> None:
        """Take a property that a client sets; raises BlueZError where it may not be."""
        self.change(**{name: value})


class Tree:
    """All objects of one bus name, by path."""

    def __init__(self, send: Callable[[Message], object]) -> None:
        self._send = send
        self.objects: dict[str, dict[str, Interface]] = {}
        self._standard: dict[tuple[str, str], Callable[[Message], Message]] = {
            (PROPERTIES, "Get"): self._get,
            (PROPERTIES, "Set"): self._set,
            (PROPERTIES, "GetAll"): self._get_all,
            (OBJECTS, "GetManagedObjects"): self._managed,
            (INTROSPECTABLE, "Introspect"): self._introspect,
            (PEER, "Ping"): lambda message: Message.new_method_return(message),
        }

    def holds(self, interface: Interface) -> bool:
        """Return whether an interface can be seen on the bus."""
        return self.objects.get(interface.path, {}).get(interface.name) is interface

    def add(self, *interfaces: Interface) -> None:
        """Show interfaces, in order, each object with one signal."""
        for path in dict.fromkeys(one.path for one in interfaces):
            new = {one.name: one for one in interfaces if one.path == path}
            self.objects.setdefault(path, {}).update(new)
            self.signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", path, _shown(new))

    def remove(self, path: str) -> None:
        """Take an object and all below it away, the lowest first."""
        for below in sorted((p for p in self.objects if p == path or p.startswith(path + "/")), reverse=True):
            names = [INTROSPECTABLE, *self.objects.pop(below), PROPERTIES]
            self.signal("/", OBJECTS, "InterfacesRemoved", "oas", below, names)

    def signal(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        """Send a signal."""
        self._send(Message.new_signal(path, interface, member, signature, list(body)))

    def handle(self, message: Message) -> None:
        """Answer a method call; what takes longer is answered later."""
        try:
            self._dispatch(message)
        except BlueZError as error:
            self._send(Message.new_error(message, error.name, error.text))

    def _dispatch(self, message: Message) -> None:
        standard = self._standard.get((message.interface or "", message.member or ""))
        if standard is not None:
            self._send(standard(message))
            return
        offered = self._object(message).get(message.interface or "")
        found = offered.methods.get(message.member or "") if offered else None
        if offered is None or found is None or found.takes != message.signature:
            raise BlueZError(_ERROR + "UnknownMethod", _unknown(message))
        found.function(offered, Call(message, found.gives, self._send))

    def _object(self, message: Message) -> dict[str, Interface]:
        found = self.objects.get(message.path or "")
        if found is None:
            raise BlueZError(_ERROR + "UnknownObject", _unknown(message))
        return found

    def _interface(self, message: Message, name: str) -> Interface:
        found = self._object(message).get(name)
        if found is None:
            raise BlueZError(_ERROR + "InvalidArgs", f"No such interface '{name}'")
        return found

    def _get(self, message: Message) -> Message:
        interface, name = message.body
        value = self._interface(message, interface).properties.get(name)
        if value is None:
            raise BlueZError(_ERROR + "InvalidArgs", f"No such property '{name}'")
        return Message.new_method_return(message, "v", [value])

    def _get_all(self, message: Message) -> Message:
        return Message.new_method_return(message, "a{sv}", [self._interface(message, message.body[0]).properties])

    def _set(self, message: Message) -> Message:
        interface, name, value = message.body
        found = self._interface(message, interface)
        wanted = found.writable.get(name)
        if wanted is None:
            known = name in found.properties
            raise BlueZError(_ERROR + ("PropertyReadOnly" if known else "InvalidArgs"), f"Cannot set property '{name}'")
        if wanted != value.signature:
            raise BlueZError(_ERROR + "InvalidSignature", f"Invalid signature for '{name}'")
        found.written(name, value)
        return Message.new_method_return(message)

    def _managed(self, message: Message) -> Message:
        if message.path != "/":
            raise BlueZError(_ERROR + "UnknownMethod", _unknown(message))
        shown = {path: _shown(interfaces) for path, interfaces in self.objects.items() if path != "/"}
        return Message.new_method_return(message, "a{oa{sa{sv}}}", [shown])

    def _introspect(self, message: Message) -> Message:
        path = message.path or "/"
        children = {p[len(path.rstrip("/")) + 1 :].split("/")[0] for p in self.objects if _below(p, path)}
        if path not in self.objects and not children:
            raise BlueZError(_ERROR + "UnknownObject", _unknown(message))
        inner = "".join(_described(one) for one in self.objects.get(path, {}).values())
        nodes = "".join(f"<node name={quoteattr(child)}/>" for child in sorted(children))
        return Message.new_method_return(
            message, "s", [f"{_DOCTYPE}<node>{_STANDARD[path == '/']}{inner}{nodes}</node>"]
        )


def is_call(message: Message) -> bool:
    """Return whether a message is a method call."""
    return message.message_type == MessageType.METHOD_CALL


def _below(path: str, root: str) -> bool:
    return path != root and path.startswith(root if root == "/" else root + "/")


def _shown(interfaces: Mapping[str, Interface]) -> dict[str, dict[str, Variant]]:
    return {INTROSPECTABLE: {}, **{name: one.properties for name, one in interfaces.items()}, PROPERTIES: {}}


def _unknown(message: Message) -> str:
    return (
        f'Method "{message.member}" with signature "{message.signature}" on interface '
        f'"{message.interface}" doesn\'t exist'
    )


def _described(one: Interface) -> str:
    """Return an interface as introspection XML."""
    methods = "".join(
        f'<method name="{name}">{_arguments(each.takes, "in")}{_arguments(each.gives, "out")}</method>'
        for name, each in one.methods.items()
    )
    signals = "".join(f'<signal name="{name}">{_arguments(each, "")}</signal>' for name, each in one.signals.items())
    known = {name: value.signature for name, value in one.properties.items()} | dict(one.writable)
    properties = "".join(
        f'<property name="{name}" type="{known[name]}" access="{"readwrite" if name in one.writable else "read"}"/>'
        for name in sorted(known)
    )
    return f'<interface name="{one.name}">{methods}{signals}{properties}</interface>'


def _arguments(signature: str, direction: str) -> str:
    told = f' direction="{direction}"' if direction else ""
    return "".join(f'<arg type="{each}"{told}/>' for each in _split(signature))


def _split(signature: str) -> Iterable[str]:
    """Return the complete types of a signature."""
    parts, depth, begun = [], 0, 0
    for place, letter in enumerate(signature):
        depth += (letter in "({") - (letter in ")}")
        if depth == 0 and letter != "a":
            parts.append(signature[begun : place + 1])
            begun = place + 1
    return parts


_COMMON = (
    f'<interface name="{INTROSPECTABLE}"><method name="Introspect"><arg type="s" direction="out"/></method></interface>'
    f'<interface name="{PROPERTIES}"><method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/>'
    '<arg type="v" direction="out"/></method><method name="Set"><arg type="s" direction="in"/>'
    '<arg type="s" direction="in"/><arg type="v" direction="in"/></method><method name="GetAll">'
    '<arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method><signal name="PropertiesChanged">'
    '<arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal></interface>'
)
_MANAGER = (
    f'<interface name="{OBJECTS}"><method name="GetManagedObjects"><arg type="a{{oa{{sa{{sv}}}}}}" direction="out"/>'
    '</method><signal name="InterfacesAdded"><arg type="o"/><arg type="a{sa{sv}}"/></signal>'
    '<signal name="InterfacesRemoved"><arg type="o"/><arg type="as"/></signal></interface>'
)
_STANDARD = {False: _COMMON, True: _COMMON + _MANAGER}
