"""The public report, drafted from the facts."""
