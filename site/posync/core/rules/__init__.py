"""The rules: the decision table, matching, validation, and outgoing entries."""
