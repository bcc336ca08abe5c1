"""Figures: pictures as plain Plotly dictionaries. Title, sentence, table and source stand in HTML beside them."""
