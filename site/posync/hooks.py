"""The sockets of posync: signals for receivers, and registries by dotted path in `POSYNC`."""

from django.dispatch import Signal

#: Sources were published and their segments wait to be taken again. Sent after commit, without arguments.
sources_changed = Signal()
