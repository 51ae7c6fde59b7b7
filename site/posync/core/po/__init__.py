"""The PO format."""
