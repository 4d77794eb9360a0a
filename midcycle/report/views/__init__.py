"""What is read and written on the pages of a report, and of data points."""
