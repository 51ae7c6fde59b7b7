"""Loads catalogs with their entries, labels these, and stores their translations."""
