"""What the bot does when someone speaks, presses a button, or a clock rings."""
