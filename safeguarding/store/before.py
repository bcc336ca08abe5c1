"""Before: which release did readers see before this one? It never changes once a release is there."""

import sqlalchemy as sa

from safeguarding.store.schema import PUBLICATION, RELEASE


def before(connection: sa.Connection, release_id: int) -> int | None:
    """The release that one is held against; None for the first.

    A load stands on what was published. A data folder is held against what a person had published last when
    it was loaded, else against the release before it.
    """
    c = RELEASE.c
    row = connection.execute(sa.select(c.based_on, c.loaded_at).where(c.release_id == release_id)).first()
    if row is None or row.based_on is not None:
        return row.based_on if row else None
    earlier = sa.and_(PUBLICATION.c.published_at <= row.loaded_at, PUBLICATION.c.release_id < release_id)
    asked = sa.select(PUBLICATION.c.release_id).where(earlier).order_by(PUBLICATION.c.number.desc()).limit(1)
    published: int | None = connection.execute(asked).scalar()
    if published is not None:
        return published
    number: int | None = connection.execute(
        sa.select(sa.func.max(c.release_id)).where(c.release_id < release_id)
    ).scalar()
    return number
