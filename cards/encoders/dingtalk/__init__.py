"""Cards as DingTalk takes them, and the template they fill."""
