"""The plans of a deployment: each has rows, workers and timers of its own, and they share the channels."""
