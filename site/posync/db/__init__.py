"""Bulk SQL and a compressed field."""
