"""What every platform shares."""
