"""How a database is opened, and by whom: engines, the writer, locks, its tables' age and its own trouble."""
