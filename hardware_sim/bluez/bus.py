"""A private D-Bus daemon of one's own, started in milliseconds.

The rule of this file: everything it makes is in one temporary folder, the daemon is ended by its process id and ends
with its parent, and nothing of the machine's own buses is touched.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

# Limits are wide: a client that stops reading for seconds while notifications come in must not be cut off.
_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
  </policy>
  <limit name="max_incoming_bytes">1000000000</limit>
  <limit name="max_outgoing_bytes">1000000000</limit>
  <limit name="max_message_size">100000000</limit>
  <limit name="max_completed_connections">1000</limit>
  <limit name="max_connections_per_user">1000</limit>
  <limit name="max_match_rules_per_connection">50000</limit>
  <limit name="max_replies_per_connection">50000</limit>
</busconfig>
"""


class BusError(Exception):
    """The private bus cannot be had; the text says what to do."""


class Bus:
    """A D-Bus daemon that listens for this user only, from `start` to `stop`."""

    def __init__(self) -> None:
        self.address = ""
        self._folder: str | None = None
        self._daemon: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the daemon and wait until it listens; BusError where there is none to start."""
        program = shutil.which("dbus-daemon")
        if program is None:
            raise BusError(
                "dbus-daemon is not installed (Debian and Ubuntu: apt install dbus-daemon; Fedora: dbus-daemon)"
            )
        self._folder = tempfile.mkdtemp(prefix="kadenz-bus-")
        config = Path(self._folder, "bus.conf")
        config.write_text(_CONFIG.format(folder=self._folder))
        options = [f"--config-file={config}", "--nofork", "--nopidfile", "--nosyslog", "--print-address=1"]
        keeper = shutil.which("setpriv")
        # ends with the thread that started it, so that a crash leaves no daemon behind (setpriv(1), util-linux 2.33)
        if keeper is None or not self._listens([keeper, "--pdeathsig", "KILL", program, *options]):
            self._end()
            self._listens([program, *options])
        if not self.address:
            text = self._complaint()
            self.stop()
            raise BusError(f"dbus-daemon did not start: {text}")

    def _listens(self, command: list[str]) -> bool:
        """Start a command and return whether a daemon told its address."""
        pipe = subprocess.PIPE
        self._daemon = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, start_new_session=True
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().decode().strip()
        return bool(self.address)

    @property
    def pid(self) -> int | None:
        """Return the daemon's process id, None when it does not run."""
        return self._daemon.pid if self._daemon is not None and self._daemon.poll() is None else None

    def kill(self) -> None:
        """End the daemon at once, as when the system's bus crashes; the folder stays until `stop`."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()

    def stop(self) -> None:
        """End the daemon and remove its folder."""
        self._end()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _end(self) -> None:
        if self._daemon is not None:
            self.kill()
            for pipe in (self._daemon.stdout, self._daemon.stderr):
                if pipe is not None:
                    pipe.close()
            self._daemon = None

    def _complaint(self) -> str:
        assert self._daemon is not None and self._daemon.stderr is not None
        return self._daemon.stderr.read().decode(errors="replace").strip() or "it said nothing"
