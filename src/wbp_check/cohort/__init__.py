"""A tutor's folder of reports, checked one by one and looked at together."""
