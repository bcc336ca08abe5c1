"""Disclosure: what may not be shown, and what may not be written down. Every such rule is in this package.

Promised, of figures from a source that is not already public:
- a count of 1 to 5 is not shown, nor a share, rate or score of which such a count is the numerator, nor a
  share whose remainder is such a count (`small_counts.hide_small`). A true nought and a count from 6 on are
  shown;
- a report's count of 1 to 5 children is shown neither as a figure nor in its wording, and where it could be
  worked out from one total and the other parts, the next smallest part is hidden too
  (`small_counts.hide_statements`);
- what is hidden is said by its limits alone (`limits`), from published totals (`bounds`).

Promised, of notes: what reads like a child's particulars is refused, whoever's field it stands in
(`personal`).

Not promised: figures are hidden one by one. A hidden observation may still follow from others that are
shown, such as the other parts of a total, the region's sum, or a share whose numerator is not held. A name
without a date beside it is not recognised, and no list of names is kept. The values stay in the store: they
are hidden whenever they are read.
"""
