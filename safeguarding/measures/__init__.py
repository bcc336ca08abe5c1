"""Measures: each function answers one question about plain values. docs/methods.md has the formulae and their
sources.
"""
