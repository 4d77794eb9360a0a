"""SQLite as Django's database, with writers in line."""
