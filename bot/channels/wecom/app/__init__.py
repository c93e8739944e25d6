"""WeCom's self-built app: one-to-one."""
