"""What the pages of the treasurer and the public money report show."""
