"""Personal data in a report: what to take out before anybody else reads it."""
