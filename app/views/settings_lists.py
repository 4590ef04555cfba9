"""The plain lists of how the app is to be: settings, voice and alerts, privacy, and where to find them."""

from __future__ import annotations

from collections.abc import Sequence

from app.views.listing import (
    ButtonItem,
    ChoiceItem,
    Group,
    Item,
    LineItem,
    ListView,
    StepItem,
    SwitchItem,
    TextItem,
)
from app.views.phase import Act, Offer
from app.views.settings import LIMITS, Settings
from app.views.words import Words


def more_view(words: Words, course: str = "") -> ListView:
    """Return where everything else is found."""
    places = (
        ("devices", words("Devices"), words("Trackers, battery, signal, the simulator"), "watch-variant"),
        ("voice", words("Voice and alerts"), words("What is said in the run, and how often"), "volume-high"),
        (
            "privacy",
            words("Privacy"),
            words("Everything is on this device: export, delete, home zone"),
            "shield-lock-outline",
        ),
        ("settings", words("Settings"), words("Language, units, look, turning of the screen"), "cog-outline"),
        (
            "first-run",
            words("Tell Kadenz of yourself"),
            words("Goal, experience, old runs; every step can be skipped"),
            "account-question-outline",
        ),
    )
    lines = tuple(LineItem(title, text, icon=icon, act=Act("open", name)) for name, title, text, icon in places)
    chosen = course or words("none")
    way = LineItem(words("Course of the next run"), chosen, icon="map-marker-path", act=Act("courses"))
    note = words("Kadenz gives general guidance. It is not a medical device and does not claim to prevent injuries.")
    return ListView("more", words("More"), (Group("", (*lines, way)), Group("", (TextItem(note, soft=True),))))


def stepped(settings: Settings, name: str, step: float, title: str, shown: str, text: str = "") -> StepItem:
    """Return a setting that is a number, with less and more within its limits."""
    value, (low, high) = float(getattr(settings, name)), LIMITS[name]
    less = Act(f"set {name}", round(value - step, 3)) if value - step >= low - 1e-9 else None
    more = Act(f"set {name}", round(value + step, 3)) if value + step <= high + 1e-9 else None
    return StepItem(title, shown, less, more, text)


def hour(value_h: float) -> str:
    """Return an hour of the day as 21:00."""
    return f"{int(value_h):02d}:{round(value_h % 1 * 60):02d}"


def settings_view(settings: Settings) -> ListView:
    """Return the settings."""
    words = settings.words
    language = ChoiceItem(words("Language"), (("en", "English"), ("de", "Deutsch")), settings.language, "set language")
    choices = (("metric", words("km and m")), ("imperial", words("miles and feet")))
    units = ChoiceItem(words("Units"), choices, settings.units, "set units")
    groups = (
        Group(words("Language and units"), (language, units)),
        Group(words("Look"), _look(settings)),
        Group(words("Hand and turning"), _hand(settings)),
        Group(words("Quiet hours"), _quiet(settings)),
    )
    return ListView("settings", words("Settings"), groups, back="more")


def _look(settings: Settings) -> tuple[Item, ...]:
    words = settings.words
    themes = (
        ("system", words("as the system")),
        ("dark", words("dark")),
        ("light", words("light")),
        ("oled", words("black")),
        ("sun", words("bright sun")),
    )
    percent = f"{words.number(100 * settings.font_scale)} %"
    return (
        ChoiceItem(words("Look"), themes, settings.theme, "set theme"),
        stepped(settings, "font_scale", 0.15, words("Size of the text"), percent),
        SwitchItem(words("Colours without red and green"), settings.colour_blind, "set colour_blind"),
        SwitchItem(words("Nothing moves by itself"), settings.still, "set still"),
    )


def _hand(settings: Settings) -> tuple[Item, ...]:
    words = settings.words
    hands = (("right", words("right")), ("left", words("left")))
    turning = (
        ("learned", words("as I like it")),
        ("system", words("as the system")),
        ("portrait", words("upright")),
        ("landscape", words("lying")),
    )
    how = words("Learned from how you turn it; never under a finger, never within two seconds of an alert.")
    return (
        ChoiceItem(words("Buttons for the hand"), hands, settings.hand, "set hand"),
        ChoiceItem(words("Turning of the screen"), turning, settings.turning, "set turning", how),
    )


def _quiet(settings: Settings) -> tuple[Item, ...]:
    words = settings.words
    return (
        stepped(settings, "quiet_from_h", 0.5, words("From"), hour(settings.quiet_from_h)),
        stepped(settings, "quiet_to_h", 0.5, words("Until"), hour(settings.quiet_to_h)),
        TextItem(words("In quiet hours only warnings are said aloud; everything else is shown and felt."), soft=True),
    )


def cue_kinds(words: Words) -> tuple[tuple[str, str, str], ...]:
    """Return the kinds of cues that can be muted: rule, name, what it says."""
    return (
        ("L-KM", words("Every kilometre"), words("time, heart rate, what is left")),
        ("L-TIME", words("By time"), words("distance, pace, heart rate")),
        ("L-FAST", words("Too fast"), words("when you are above the band for a while")),
        ("L-SLOW", words("Too slow"), words("when there is room and it feels easy")),
        ("L-CLIMB", words("Climbs"), words("the pace that is right uphill")),
        ("L-EASE-HR", words("Heart rate above the band"), words("after two minutes, never at once")),
        ("L-PLACE", words("Height and heat"), words("once, when they move the target")),
        ("L-NO-HR", words("Heart rate lost"), words("run by feel until it is back")),
    )


def voice_view(settings: Settings, voice_name: str, feel_name: str = "") -> ListView:
    """Return voice and alerts; the names are what speaks and what shakes here, empty where nothing does."""
    words = settings.words
    speaker = voice_name or words("No voice is installed here: cues are shown and felt.")
    how = (
        SwitchItem(words("Spoken cues"), settings.voice, "set voice", speaker),
        SwitchItem(
            words("Vibration"),
            settings.vibrate,
            "set vibrate",
            words("One pattern for each kind; a warning is the longest.")
            if feel_name
            else words("This device has nothing that shakes: cues are shown and said."),
        ),
        ButtonItem(Offer(words("Try the voice"), Act("try voice"), "volume-high")),
    )
    every_km = words("off") if settings.cue_every_km == 0 else f"{words.number(settings.cue_every_km)} km"
    every_min = words("off") if settings.cue_every_min == 0 else f"{words.number(settings.cue_every_min)} min"
    often = (
        stepped(settings, "cue_every_km", 1.0, words("By distance"), every_km),
        stepped(settings, "cue_every_min", 1.0, words("By time"), every_min),
        TextItem(words("One cue at a time, none within 20 s of the last. Warnings come at once."), soft=True),
    )
    kinds = tuple(
        SwitchItem(title, rule not in settings.muted, f"mute {rule}", text) for rule, title, text in cue_kinds(words)
    )
    always = LineItem(words("Warnings"), words("pain, altered gait, warning signs: always on"), icon="alert")
    groups = (
        Group(words("How"), how),
        Group(words("How often a summary comes"), often),
        Group(words("What is said"), (*kinds, always)),
    )
    return ListView("voice", words("Voice and alerts"), groups, back="more")


def privacy_view(settings: Settings, runs: int, size_bytes: int, where: str, network: Sequence[str] = ()) -> ListView:
    """Return what is kept and where; `network` is the list of network uses, which is empty."""
    words = settings.words
    held = (
        LineItem(
            words.n("{count} run", "{count} runs", runs),
            where,
            words("{size} MB", size=words.number(size_bytes / 1e6, 1)),
            "database",
        ),
        TextItem(
            words("Everything is on this device. There is no account, and nothing leaves it unless you export it.")
        ),
    )
    uses = tuple(LineItem(one) for one in network) or (
        LineItem(words("None"), words("The app has not used the network, and needs none."), icon="check-circle"),
    )
    home = stepped(
        settings,
        "home_zone_m",
        100.0,
        words("Home zone"),
        words.height(settings.home_zone_m).text,
        words("So much of the start and the end is left out of every picture you share."),
    )
    reading = SwitchItem(
        words("What I open and read counts"),
        settings.reading_counts,
        "reading",
        words("Kept here alone, visible under You; off forgets it."),
    )
    take = (
        ButtonItem(Offer(words("Export everything"), Act("export all"), "export-variant")),
        ButtonItem(Offer(words("A page for the physio"), Act("export physio"), "file-pdf-box")),
        ButtonItem(Offer(words("hold to delete everything"), Act("delete all"), "delete-outline"), "danger", hold=True),
    )
    groups = (
        Group(words("What is here"), held),
        Group(words("Network uses"), uses),
        Group(words("What others may see"), (home, reading)),
        Group(words("Take it, or delete it"), take),
    )
    return ListView("privacy", words("Privacy"), groups, back="more")
