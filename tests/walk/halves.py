"""The walk in two parts, for two processes: each of these makes the small site once."""

HALVES = 2
