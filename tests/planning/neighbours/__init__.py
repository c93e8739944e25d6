"""Rules of what other systems say and are told."""
