"""Refusals as sentences: `refusal.<code>` says why something was not done, and what to do instead."""
