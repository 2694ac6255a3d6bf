"""Answers as coloured text: the only place, with `cli`, that knows Rich."""
