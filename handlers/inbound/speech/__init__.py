"""Free speech: what is not a command becomes next steps to tap, or a word on what cannot be done yet; never a deed."""
