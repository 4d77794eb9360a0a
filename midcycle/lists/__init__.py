"""Lists a community talks on: joining them, writing to them, and who of a meetup is on them, as two numbers."""
