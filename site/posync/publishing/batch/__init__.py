"""Many pages at once by SQL. Removable as one folder."""
