"""Store: what is held. Rows of the tables, look-ups over them, releases, and which of them is published."""
