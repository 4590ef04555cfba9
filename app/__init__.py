"""Wiring, disk and screen."""
