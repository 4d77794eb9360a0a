"""A live note pad for each session."""
