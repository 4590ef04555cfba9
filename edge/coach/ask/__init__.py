"""Questions about one's own running, English or German, from a fixed set, answered with the runs they rest on.

The rule of this package: what is not in the diary cannot be known, and is said to be so; nothing is guessed.
"""

from edge.coach.ask.answers import answer
from edge.coach.ask.questions import KINDS, Question, understand
from edge.coach.ask.reply import Answer

__all__ = ["KINDS", "Answer", "Question", "answer", "understand"]
