"""The whole app in a window that nobody sees: taps go to the desk, the desk to the diary, and back to the screen."""

import subprocess
import sys
import time

import pytest

from app.ui import headless

headless.window()

from kivy.clock import Clock

from app.desk.desk import Desk
from app.live.looking import running
from app.store import Store
from app.ui.kit.press import Hold, Press
from app.ui.kit.text import Txt
from app.ui.main import KadenzApp, first_screen
from app.views.phase import Act
from app.views.turning import Turning
from tests.ui.laws import placed

NOW = 1_795_593_600.0  # 2026-11-25 08:00 UTC


class Hand:
    """Somebody who looks at the app and touches it."""

    def __init__(self, app: KadenzApp) -> None:
        self.app = app
        self.root = app.build()
        self.root.size = (390, 844)
        self.settle(40.0)

    def settle(self, seconds: float = 8.0) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.worker.submit(lambda: None).result(timeout=30)
            for _ in range(4):
                Clock.tick()
            if self.app.frame is not None and self.app.frame.screen.name == self.app.screen_name:
                return
        raise AssertionError(f"{self.app.screen_name} did not open")

    def texts(self) -> list[str]:
        return [p.piece.plain for p in placed(self.app.frame) if isinstance(p.piece, Txt)]

    def tap(self, name: str) -> None:
        found = [p.piece for p in placed(self.app.frame) if isinstance(p.piece, Press) and p.piece.name == name]
        assert found, (name, [p.piece.name for p in placed(self.app.frame) if isinstance(p.piece, Press)])
        found[0].tapped()
        for _ in range(3):
            self.app.worker.submit(lambda: None).result(timeout=30)
            for _ in range(4):
                Clock.tick()
        self.settle()


@pytest.fixture
def hand(tmp_path):
    desk = Desk(tmp_path / "diary.db", lambda: (NOW, 0.0))
    assert first_screen(desk) == ("run", "watch")  # somebody new watches first
    app = KadenzApp(desk, "first-run")
    yield Hand(app)
    app.on_stop()


def test_somebody_new_is_asked_nothing_that_cannot_be_skipped(hand):
    assert hand.app.screen_name == "first-run"
    hand.tap("Let us begin")
    for _ in range(4):
        hand.tap("Skip")
    hand.tap("Done")
    assert hand.app.screen_name == "today"
    assert any("min" in text or "km" in text for text in hand.texts()), hand.texts()


def test_what_is_told_in_the_first_run_is_in_the_diary(hand):
    for name in (
        "Let us begin",
        "10 km",
        "Next step",
        "a beginner",
        "Next step",
        "knee",
        "Next step",
        "Next step",
        "Done",
    ):
        hand.tap(name)
    with Store(hand.app.desk.diary) as store:
        assert store.profile().goal == "10 km"
        assert store.profile().experience == "beginner"
        assert [one.constraint.area for one in store.said()] == ["knee"]


def test_a_tap_of_the_check_in_counts_and_can_be_taken_back(hand):
    hand.tap("Let us begin")
    for _ in range(4):
        hand.tap("Skip")
    hand.tap("Done")
    hand.tap("badly")
    with Store(hand.app.desk.diary) as store:
        assert [one.constraint.kind for one in store.said()] == ["sleep"]
    hand.tap("Undo")
    with Store(hand.app.desk.diary) as store:
        assert store.said() == ()


def test_the_language_changes_at_once(hand):
    hand.app.go("settings")
    hand.settle()
    hand.tap("Deutsch")
    assert "Einstellungen" in hand.texts()
    assert Desk(hand.app.desk.diary).settings.language == "de"


@pytest.mark.parametrize(
    "screen", ["plan", "insights", "beliefs", "more", "devices", "voice", "privacy", "check-in", "report", "run"]
)
def test_every_screen_opens_on_an_empty_diary(hand, screen):
    hand.app.go(screen)
    hand.settle()
    assert hand.texts()


def test_somebody_new_watches_a_simulated_run_and_may_skip_it(tmp_path):
    desk = Desk(tmp_path / "diary.db", lambda: (NOW, 0.0))
    app = KadenzApp(desk, *first_screen(desk))
    hand = Hand(app)
    folder = desk.memory["watching"].folder
    assert any("simulated" in text for text in hand.texts())
    hand.tap("Skip")
    assert app.screen_name == "first-run"
    assert not folder.exists() and not desk.diary.with_name("diary.db.live").exists()
    app.on_stop()


def test_a_run_is_recorded_from_the_screen_and_ends_in_its_report(hand):
    hand.app.desk.memory["sim"] = ("default", 60.0)
    hand.app.go("run", "start")
    hand.settle(40.0)
    looking = hand.app.desk.memory["looking"]
    until(hand, lambda: looking.newest is not None and any("km" in text for text in hand.texts()))
    hand.tap("Lap")
    hand.tap("Pause")
    until(hand, lambda: "Go on" in hand.texts())
    hand.app.ask(Act("stop"))
    until(hand, lambda: hand.app.screen_name == "report")
    assert "How hard was it?" in hand.texts()
    hand.tap("Share a picture")
    pictures = list((hand.app.desk.diary.parent / "exports").glob("*.png"))
    assert len(pictures) == 1 and pictures[0].stat().st_size > 10_000


class Turned:
    """A device that turns its screen by giving it other sides."""

    def __init__(self, app):
        self.app, self.ways = app, []

    def turn(self, way):
        self.ways.append(way)
        if way != "system":
            self.app.root_widget.size = (844, 390) if way == "landscape" else (390, 844)


def until(hand, so, seconds=90.0):
    """Wait for what a recorder of its own brings: seconds on a quiet machine, and bounded on a busy one."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        hand.app._live(0.5)
        hand.settle(20.0)
        if so():
            return
        time.sleep(0.2)  # the recorder needs the processor more than this screen does
    raise AssertionError(hand.texts())


def turn_between_cues(hand):
    """Turn as if no cue of the run had just come, which would rightly hold the screen still."""
    hand.app.desk.memory.pop("alert", None)
    hand.app._turn()


def test_the_screen_turns_by_a_tap_never_under_a_finger_and_back_by_undo(hand):
    hand.app.turner = device = Turned(hand.app)
    hand.app.desk.memory["sim"] = ("default", 60.0)
    hand.app.go("run", "start")
    hand.settle(40.0)
    hand.app._touched()
    hand.tap("turn the screen")
    hand.app._turn()
    assert device.ways == []  # a finger is still down
    hand.app._let_go()
    turn_between_cues(hand)
    assert device.ways == ["landscape"] and hand.app.frame.screen.form == "landscape"
    hand.tap("Undo")
    hand.app.desk.turns.now = Turning("landscape", "you", float("-inf"))
    turn_between_cues(hand)
    assert hand.app.desk.turns.shape == "portrait" and device.ways[-1] == "portrait"
    hand.app.desk.memory["looking"].do("stop")


def test_a_strap_that_is_lost_is_told_and_a_card_refused_stays_away(hand):
    hand.app.desk.memory["sim"] = ("dropouts", 60.0)
    hand.app.go("run", "start")
    hand.settle(40.0)
    until(hand, lambda: "The heart-rate strap is out of reach" in hand.texts())
    until(hand, lambda: "Not for me" in [p.piece.name for p in placed(hand.app.frame) if isinstance(p.piece, Press)])
    rule = hand.app.frame.screen.view.coach.kind
    hand.tap("Not for me")
    assert rule in hand.app.desk.settings.muted
    until(hand, lambda: hand.app.frame.screen.view.coach is None or hand.app.frame.screen.view.coach.kind != rule)
    hand.app.desk.memory["looking"].do("stop")


def test_what_a_tracker_sends_is_seen_in_place_and_ends_with_the_screen(hand):
    hand.app.desk.memory["sim"] = ("default", 5.0)
    hand.app.go("devices")
    hand.settle()
    hand.tap("See what it sends")
    folder = hand.app.desk.memory["trying"].folder
    until(hand, lambda: "heart rate" in hand.texts() and "acceleration" in hand.texts())
    before = hand.app.frame.screen.pieces()[0]
    for _ in range(3):
        hand.app._live(0.5)
        hand.settle()
        time.sleep(0.3)
    assert hand.app.frame.screen.pieces()[0] is before  # nothing is built anew
    hand.app.ask(Act("open", "more"))
    hand.settle(30.0)
    until(hand, lambda: hand.app.screen_name == "more")
    assert not folder.exists()


def test_a_long_list_stays_where_it_was_when_something_is_set(hand):
    hand.app.go("settings")
    hand.settle()
    scroll = hand.app.frame.screen.scrolled()
    scroll.gone_px = 200.0
    hand.app.ask(Act("set hand", "left"))
    hand.settle()
    until(hand, lambda: hand.app.desk.settings.hand == "left" and hand.app.frame.look.left_handed)
    hand.app.ask(Act("set still", "on"))
    until(hand, lambda: hand.app.desk.settings.still)
    assert hand.app.frame.screen.scrolled().gone_px == pytest.approx(200.0, abs=2.0)


APP = """
import sys, time
from app.ui import headless
headless.window()
from kivy.clock import Clock
from app.desk.desk import Desk
from app.ui.main import KadenzApp
from pathlib import Path
desk = Desk(Path(sys.argv[1]), lambda: (1_795_593_600.0, 0.0))
desk.memory["sim"] = ("default", 30.0)
app = KadenzApp(desk, "run", "start")
app.build().size = (390, 844)
while True:
    Clock.tick()
    time.sleep(0.02)
"""


def test_the_app_is_killed_in_mid_run_and_the_run_goes_on(tmp_path):
    diary = tmp_path / "diary.db"
    Store(diary).close()
    app = subprocess.Popen([sys.executable, "-c", APP, str(diary)], stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 40.0
        while not running(diary) and time.monotonic() < end:
            time.sleep(0.1)
        run_id = running(diary)
        assert run_id
    finally:
        app.kill()
        app.wait()
    desk = Desk(diary, lambda: (NOW, 0.0))
    assert first_screen(desk) == ("run", "")
    again = KadenzApp(desk, *first_screen(desk))
    hand = Hand(again)
    until(hand, lambda: desk.memory.get("looking") is not None and desk.memory["looking"].newest is not None)
    first = desk.memory["looking"].newest
    until(hand, lambda: desk.memory["looking"].newest.safe_samples > first.safe_samples)
    assert desk.memory["looking"].newest.run_id == run_id
    hand.app.desk.memory["looking"].do("stop")
    until(hand, lambda: again.screen_name == "report")
    with Store(diary) as store:
        assert [row.state for row in store.runs()] == ["finished"]
    again.on_stop()


def test_a_pain_told_after_the_run_changes_tomorrow_and_says_why(hand):
    hand.app.desk.set("first_run_done", "on")
    hand.app.go("check-in")
    hand.settle()
    hand.app.ask(Act("hurts area", "knee"))
    until(hand, lambda: "Tell the coach" in hand.texts())
    hand.tap("left")
    hand.tap("6")
    hand.tap("Tell the coach")
    hand.app.desk.clock = lambda: (NOW + 86400.0, 0.0)
    hand.app.go("today")
    hand.settle()
    assert any("knee" in text.lower() for text in hand.texts()), hand.texts()


def test_a_touch_on_the_pace_reads_the_run_aloud_and_a_locked_screen_takes_no_touch(hand):
    said = []
    hand.app.voice = type("Voice", (), {"name": "test", "say": lambda self, *text: said.append(text), "stop": print})()
    hand.app.desk.memory["sim"] = ("default", 30.0)
    hand.app.go("run", "start")
    hand.settle(40.0)
    until(hand, lambda: hand.app.frame.screen.view.time not in ("0:00", ""))
    hand.tap("read aloud")
    until(hand, lambda: any("km in" in text for text, _ in said))
    hand.tap("lock")
    screen = hand.app.frame.screen
    touch = type("Touch", (), {"pos": screen.center, "x": screen.center_x, "y": screen.center_y})()
    assert screen.view.locked and screen.on_touch_down(touch)  # taken, and nothing below hears of it
    unlock = next(p.piece for p in placed(hand.app.frame) if isinstance(p.piece, Hold))
    unlock.ask(unlock.act)
    until(hand, lambda: not hand.app.frame.screen.view.locked)
    hand.app.desk.memory["looking"].do("stop")
