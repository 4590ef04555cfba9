"""A runner in a box at day resolution: people, their lives, and two physiologies to live them in.

`draw(seed, count)` gives people, `live(people, days)` their days with the truth beside them. Whoever is drawn beside
changes nothing. The second physiology is for judging alone and is therefore not here: see `lives.second`.
"""

from hardware_sim.lives.best import best_weekly_km
from hardware_sim.lives.days import Days, Truth
from hardware_sim.lives.draw import draw, twins
from hardware_sim.lives.fate import Fate, fate
from hardware_sim.lives.first import FIRST
from hardware_sim.lives.habits import EASY, HARD, RACE, WALKED, Morning
from hardware_sim.lives.living import NEW_YEAR_2022, Life, Plan, live
from hardware_sim.lives.people import People, joined
from hardware_sim.lives.today import runner
from hardware_sim.lives.world import Air, Body, Work, World

__all__ = [
    "EASY",
    "FIRST",
    "HARD",
    "NEW_YEAR_2022",
    "RACE",
    "WALKED",
    "Air",
    "Body",
    "Days",
    "Fate",
    "Life",
    "Morning",
    "People",
    "Plan",
    "Truth",
    "Work",
    "World",
    "best_weekly_km",
    "draw",
    "fate",
    "joined",
    "live",
    "runner",
    "twins",
]
