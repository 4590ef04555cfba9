"""The run as it is recorded, for whoever looks at it: the recorder's process tells values, and is told what to do.

The rule of this package: the screen may come and go, crash or hang; the recorder neither waits for it nor needs it.
"""
