"""Whole pages for anonymous visitors, kept until anything in their view changes.

One random word in the shared cache, the generation, stands for the present state of the site. Each entry carries
the generation from the start of its making, and counts under that one alone (`freshness`). A change writes a new
word at its commit (`invalidation`), and makes everything kept old at that moment, in all processes: the page
itself, and every list, menu, feed and other language's switcher in need of it. Nobody needs to know these.

A page begun before the change still carries the old word, and so is never found.
"""
