"""Anonymous survey, show of hands, and the data points computed from both."""
