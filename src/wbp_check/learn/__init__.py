"""Learning from the corpus. Never imported by a check or by the page."""
