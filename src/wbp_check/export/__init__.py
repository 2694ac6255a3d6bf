"""What people carry away: a check as JSON, as notes in their own file, as tables and as a sheet."""
