"""The whole bot as a state machine: people do, say and report anything at any moment, and every invariant holds after
each step."""
