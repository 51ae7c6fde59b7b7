"""Views of the Wagtail admin."""
