"""Carries Wagtail page text into PO files for translators, and their work back into the pages."""
