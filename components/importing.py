"""Importing: the pages on which an analyst loads figures, publishes them, and goes back to a release."""

import time
from typing import Any

from components.markup import render
from components.site import opened
from safeguarding import periods
from safeguarding.loader.problems import in_spans
from safeguarding.loading import LONGEST_REASON
from safeguarding.staged import (
    CHECK,
    KEPT_FOR,
    LOAD,
    MOST_FILES,
    MOST_UPLOADED,
    PUBLISH,
    WORKING,
    Staged,
    Step,
)
from safeguarding.store.difference import Difference, in_a_line
from safeguarding.store.drafts import LONGEST_NAME
from safeguarding.store.releases import Release

TITLES = {
    CHECK: "Reading and checking",
    LOAD: "Publishing",
    PUBLISH: "Publishing",
}
VERDICTS = {
    "tolerance": "Tolerance",
    "england": "Against England",
    "region": "Against the region",
    "neighbours": "Against the neighbours",
    "movement": "Direction of travel",
    "change": "Change on the year",
}

Typed = tuple[str, str]  # into the form that publishes: who, and why
NOTHING: Typed = ("", "")


def start(proof: str, name: str, problem: str = "") -> str:
    """The form that takes files, and all releases, the newest first."""
    store = opened().store
    published, held = store.published(), store.releases()
    return _page(
        "import",
        proof,
        name,
        problem,
        on_show=next((r for r in held if r.release_id == published), None),
        releases=held[::-1],
        publications=store.publications()[::-1],
        largest=MOST_UPLOADED // 1_000_000,
        most=MOST_FILES,
    )


def step(found: Staged, proof: str, name: str, problem: str = "", typed: Typed = NOTHING) -> str:
    """How far an import is; once it has been checked the report, what would change, and the form to publish
    it, with what was `typed` into it before.
    """
    now, report = found.step, found.report
    kept = bool(report) and not report["problems"] and not report["release"] and now.kind != PUBLISH
    return _page(
        "import_step",
        proof,
        name,
        problem,
        typed=typed,
        step=now,
        heading=_heading(now, report),
        working=now.state == WORKING,
        seconds=int(time.time() - now.began),
        report=report,
        rows=lambda p: in_spans([p["row"], *p["also"]]) if p["row"] else "",
        problems=sorted(report.get("problems", ()), key=lambda p: (p["file"], p["sheet"], p["row"] or 0)),
        nothing=kept and not report["difference"] and not report["tables"],
        kept=kept,
        line=in_a_line([_difference(d) for d in report.get("difference", ())]),
        address=f"/import/{found.name}",
        hours=int(KEPT_FOR // 3600),
    )


def release(found: Release, proof: str, name: str, problem: str = "", typed: Typed = NOTHING) -> str:
    """What a release would change of what is on show; of the one on show, what it has changed. The form has
    what was `typed` into it before.
    """
    store = opened().store
    published = store.published() or found.release_id
    on_show = found.release_id == published
    other = store.before(published) if on_show else published
    differs = [] if other is None else store.difference(other, found.release_id)
    titles = {i.indicator_id: i.title for i in store.catalogue(found.release_id).indicators.values()}
    return _page(
        "import_release",
        proof,
        name,
        problem,
        typed=typed,
        found=found,
        on_show=on_show,
        against=other,
        line=in_a_line(differs),
        difference=[vars(d) | {"title": titles.get(d.indicator_id, d.indicator_id)} for d in differs],
    )


def _page(template: str, proof: str, name: str, problem: str, **facts: Any) -> str:
    return render(
        template,
        proof=proof,
        name=name,
        problem=problem,
        partnership=opened().desk.partnership,
        longest_name=LONGEST_NAME,
        longest_reason=LONGEST_REASON,
        verdicts=VERDICTS,
        day=lambda when: periods.in_words(when.date()),
        **facts,
    )


def _difference(row: dict[str, Any]) -> Difference:
    return Difference(**{name: row[name] for name in Difference.__dataclass_fields__})


def _heading(now: Step, report: dict[str, Any]) -> str:
    if now.state == WORKING:
        return TITLES[now.kind]
    if now.message:
        return "Nothing was changed"
    if now.release:
        return f"Release {now.release} is published"
    if count := len(report.get("problems", ())):
        return f"{count} problem{'s' if count > 1 else ''}: nothing was changed"
    if report and not report["difference"] and not report["tables"]:
        return "Nothing would change"
    return "What would change"
