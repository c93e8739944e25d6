"""The change control as a state machine: people do anything at any moment, fifteen invariants hold after every step."""
