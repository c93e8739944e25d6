"""Incoming messages, clicks and due timers, each led to its function."""
