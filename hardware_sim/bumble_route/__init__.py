"""The realistic route: bumble's host stack on both sides, over our own air."""
