"""Wagtail objects to segments: submitted, refreshed, and carried over."""
