"""A database as a whole: its migrations, backups, and a look from the command line."""
