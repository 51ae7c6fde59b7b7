"""Random work by editors, translators and administrators, and what must hold after each step of it."""
