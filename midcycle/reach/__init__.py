"""How people heard of a meetup: links for each channel, and one picture of what they came by and what they say."""
