"""Disclosure: everything that decides what may be shown, and what may be written down."""
