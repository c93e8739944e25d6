"""What came in, and whose function is it: messages, clicks, due timers."""
