"""Whom it is for."""
