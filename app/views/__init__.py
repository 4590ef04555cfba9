"""What each screen shows, as values: decisions, rows and beliefs in; texts and numbers out. No kivy, no clock, no disk.

The rule of this package: a view is complete. Whatever is missing is a `Phase` with a sentence and a way on, so that no
screen has to think of what to do when there is nothing to show.
"""
