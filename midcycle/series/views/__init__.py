"""Pages of a series, of a meetup's place in one, and of the shared calendar."""
