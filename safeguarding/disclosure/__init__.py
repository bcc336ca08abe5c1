"""Disclosure: what may not be shown, and what may not be written down. Every such rule is in this package.

Of figures and statements of a source whose small counts are hidden, for an audience that may not see them:
- a count of 1 to 5, and whatever rests on one, is not shown (`small_counts`);
- whatever tells the same count goes with it, and along every declared sum another count, so that no sum
  leaves a hidden one strictly inside 1 to 5 (`cells`, `sums`, `hidden`);
- what is hidden is said by its limits alone (`limits`), from published totals, and never tighter than 1 to 5
  (`bounds`).

Of notes: what reads like a child's particulars is refused, whoever's field it stands in (`personal`).

What is not promised stands in docs/security.md.
"""
