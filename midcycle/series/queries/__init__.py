"""What the pages of a series and of the calendar show."""
