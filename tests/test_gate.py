"""The gate: who is let in by which choice, and what nobody gets past."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from safeguarding.store.releases import Store
from tests.standing_in import asking


@pytest.fixture
def unasked(store: Store) -> Iterator[FlaskClient]:
    """The dashboard of somebody who has chosen nothing."""
    with asking(store) as client:
        yield client


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_at_its_own_machine_it_just_opens(unasked, address):
    assert unasked.get("/api/search.json?q=cla", environ_base={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.7", "::ffff:10.0.0.7", "", "nobody", "2001:db8::1"])
def test_without_a_choice_nobody_elsewhere_is_answered_whichever_server_listens(unasked, address):
    for path in ("/", "/api/search.json", "/assets/dashboard.css", "/healthz"):
        answer = unasked.get(path, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == 403 and "Whoever runs it sets ACCESS" in answer.get_data(as_text=True)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_nor_whoever_a_proxy_at_this_machine_lets_through(unasked, header):
    assert unasked.get("/api/search.json", headers={header: "10.0.0.7"}).status_code == 403
