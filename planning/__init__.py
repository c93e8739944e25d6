"""The rules of plans and changes, as plain values and functions: no I/O, no clock, no platform."""
