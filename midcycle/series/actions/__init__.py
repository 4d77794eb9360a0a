"""The writes: the rule of a series, its past, its exceptions, a meetup's place in it, and the shared calendar."""
