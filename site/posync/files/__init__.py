"""PO files out and in: rendered, written, read and merged."""
