"""Whole pages for anonymous visitors, kept until anything changes that a visitor could see.

One random word in the shared cache, the generation, stands for the present state of the site. Whatever is kept says
under which generation its making began, and counts only under that one. A change writes a new word once it is
committed (`invalidation`), and at that moment everything kept is old, in all processes: the page itself, and also every
list, menu, feed and other language's switcher that shows it. Nobody needs to know which these are.

A page whose making began before the change still carries the old word when it is stored, and so is never found.
"""
