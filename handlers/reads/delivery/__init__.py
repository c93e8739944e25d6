"""Delivery as an operator reads it: calls of the month, messages that were given up."""
