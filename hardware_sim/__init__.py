"""A runner in a box: simulated person, world, sensors and trackers."""
