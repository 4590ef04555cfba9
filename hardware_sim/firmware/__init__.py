"""The firmware of simulated trackers: each model is a peripheral that encodes its bytes itself.

The rule of this package: written from the makers' and the Bluetooth documents alone, sharing no code with any host that
reads them; the body, the seed and the requests decide every byte. `models` holds the models by name.
"""
