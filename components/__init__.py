"""Components: turn summaries and figures into HTML, and hold the few callbacks, each in a `register(app)`."""
