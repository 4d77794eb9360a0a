"""PostgreSQL as Django's database, asked nothing that is not needed."""
