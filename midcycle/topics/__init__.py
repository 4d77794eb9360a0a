"""What people want to talk about, and who supports it."""
