"""A third platform, to show what one is: a plain chat that posts events to a webhook and takes messages by HTTP."""
