"""Everything about the dashboard that would still be true on paper: figures, verdicts, words and pictures.

Imports run one way: catalogue, store, measures, summaries, figures. Nothing here knows Dash or a browser.
"""
