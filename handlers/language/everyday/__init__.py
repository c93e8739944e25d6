"""What is no command to the letter: everyday words for one, slips of the pen, and what to type instead."""
