"""Pages of the settings that the database keeps: who changed them, and forms that draft another version."""
