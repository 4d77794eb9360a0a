"""The door on the day: phones that check people in, also without network, and what they did."""
