"""The pieces that screens are built of. Layout is told twice: `fit` says how high, `place` says where.

The rule of this package: layout is a pure function of width and content, done in one pass and at once, so that a
screen is right in its first frame and a test can ask where everything is.
"""
