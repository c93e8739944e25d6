"""Mistakes of a settings file as sentences: `settings.<code>`, the code of a broken rule or the validator's own."""
