"""What a sentence may mean: commands for each wish, by the family of the command."""
