"""The history of texts: the change log, conflicts and undoing."""
