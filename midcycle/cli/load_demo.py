"""`midcycle load-demo`."""
