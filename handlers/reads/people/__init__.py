"""Who is who: people, the directory, deputies."""
