"""Catalogs: loaded with their entries, labelled, and read and written in the database."""
