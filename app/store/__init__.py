"""The diary: what was recorded, said and decided, so stored that a kill, a full disk or a flipped bit is survived."""

from app.store.diary import Store
from app.store.errors import StoreError, StoreReason
from app.store.health import examine
from app.store.paths import diary_path
from app.store.rows import DecisionRow, Health, OpenRun, RunRow, SentenceRow
from app.store.runs import WholeRun

__all__ = [
    "DecisionRow",
    "Health",
    "OpenRun",
    "RunRow",
    "SentenceRow",
    "Store",
    "StoreError",
    "StoreReason",
    "WholeRun",
    "diary_path",
    "examine",
]
