"""Charts: what each kind of chart shows, and its drawers. Title, sentence and table stand beside it."""
