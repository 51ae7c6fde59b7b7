"""Publishes approved translations, through the gate.

A page goes out when every text of it is approved, and only where no person has said otherwise: it is not locked,
not in a workflow, not taken offline, and has no draft of an editor's own waiting.

Pages are published together, a batch in one transaction (`batch`), with the same rows as Wagtail's own calls write.
Unusual pages, and every snippet, go by those calls themselves (`single`).
"""
