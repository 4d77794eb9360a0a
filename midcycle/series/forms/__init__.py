"""What people type about a series, its past, a meetup's place in it, and events of others."""
