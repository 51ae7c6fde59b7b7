"""Reports of the translations' state, by page and language."""
