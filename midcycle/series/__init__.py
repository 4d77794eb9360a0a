"""Series of meetups: their editions and the rule by which they move around, and the calendar that communities share."""
