"""Tools: set-up, which needs nothing but Python itself."""
