"""Decides without a database: no module here imports Django or Wagtail."""
