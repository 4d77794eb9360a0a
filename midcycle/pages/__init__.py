"""Pages that compose what the apps below know: home, a meetup, the organiser's desk."""
