"""Addresses: everything that answers plain HTTP. What a page shows is in `components` and `pages`."""
