"""Exports: drawings and summaries as files that stand alone."""
