"""What a team has to do until the meetup and after it: milestones, tasks, minutes, and who is told when."""
