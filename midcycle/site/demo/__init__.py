"""The demo: two real meetups replayed, four invented ones at different stages, and a cast to be."""
