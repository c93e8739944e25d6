"""Handlers: the bot's work when someone speaks, presses a button, or a timer is due."""
