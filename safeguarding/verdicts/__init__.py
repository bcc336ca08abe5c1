"""Verdicts: the measures applied to the figures that are held, a file for each question; the rule in words
goes with each answer.
"""
