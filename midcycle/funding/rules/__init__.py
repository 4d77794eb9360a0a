"""What funding decides. Pure."""
