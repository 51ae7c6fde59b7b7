"""Checks, lines and notices of a shop."""
