"""The rules: the decision table, matching, validation, and what a file carries."""
