"""One invented person's screens, in every state: for pictures, goldens and tests. Nobody's recording is in here.

The rule of this package: one file a screen with `examples(words)`: name of the state ("" for ready) to view.
"""
