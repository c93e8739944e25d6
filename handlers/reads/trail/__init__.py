"""The trail told to people, the proofs of a database, and what was learnt of words."""
