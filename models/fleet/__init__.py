"""The fleet: the shared prior made by many machines at once, on Flower (extra `fleet`), behind `PriorExchange`.

The rule of this package: Flower is imported on use and only here, after `quiet.silence` has closed every way by which
it would call home; everything listens on the loopback interface; the phone side needs none of it.
"""
