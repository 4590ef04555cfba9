"""What the app does when it is touched: acts in, diary changed, views out. No kivy.

The rule of this package: one module a screen with `view(desk)` and `ACTS`, a table from an act's name to what it does;
everything here may block and is called from a worker thread, one call at a time.
"""
