"""The pytest plugin of the simulator.

The rule of this file: importing it costs nothing; the radio, NumPy and bleak are imported when a test asks for them.
"""
