"""The whole app in a window that nobody sees: taps go to the desk, the desk to the diary, and back to the screen."""

import time

import pytest

from app.ui import headless

headless.window()

from kivy.clock import Clock

from app.desk.desk import Desk
from app.store import Store
from app.ui.kit.press import Press
from app.ui.kit.text import Txt
from app.ui.main import KadenzApp, first_screen
from app.views.phase import Act
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
    end = time.monotonic() + 40
    while (
        "km" not in " ".join(hand.texts())
        or hand.app.desk.memory.get("looking") is None
        or hand.app.desk.memory["looking"].newest is None
    ):
        hand.app._live(0.0)
        hand.settle()
        time.sleep(0.1)
        assert time.monotonic() < end
    hand.tap("Lap")
    hand.tap("Pause")
    time.sleep(1.2)
    hand.app._live(0.0)
    hand.settle()
    assert "Go on" in hand.texts()
    hand.app.ask(Act("stop"))
    while hand.app.screen_name != "report":
        hand.app._live(0.0)
        hand.settle()
        time.sleep(0.2)
        assert time.monotonic() < end + 60
    assert "How hard was it?" in hand.texts()
    hand.tap("Share a picture")
    pictures = list((hand.app.desk.diary.parent / "exports").glob("*.png"))
    assert len(pictures) == 1 and pictures[0].stat().st_size > 10_000
