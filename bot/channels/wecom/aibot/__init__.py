"""WeCom's intelligent robot: over its long connection, or by callbacks."""
