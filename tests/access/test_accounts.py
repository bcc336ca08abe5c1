"""Accounts, sessions, tokens and the audit log, on both engines. Every name and password is made up."""

import io
import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa

from safeguarding.__main__ import main
from safeguarding.access import sessions
from safeguarding.access.accounts import FREE, FROM_ONE_PLACE, LOCKED, Accounts, TooSoon
from safeguarding.access.people import Person, Role
from safeguarding.access.sessions import ABSOLUTE, IDLE, Sessions, proof_for
from safeguarding.access.tokens import MOST, Tokens
from safeguarding.refused import Refused
from safeguarding.store.audit import entries, write_down
from safeguarding.store.releases import Store
from safeguarding.store.schema import ACCOUNT, SESSION, TOKEN

GOOD = "correct horse battery"


@pytest.fixture
def opened(url: str) -> Store:
    store = Store(url)
    Accounts(store).add("Anna@Example.org", GOOD, Role.ANALYST, "a test")
    return store


def said(store: Store) -> list[tuple[str, str, str]]:
    return [(e.what, e.who, e.about) for e in entries(store.engine)]


def failing(store: Store, name: str, times: int, address: str = "10.0.0.7") -> None:
    """Wrong passwords, as the log has them; written down at once, without their waits."""
    with store.writing() as connection:
        for _ in range(times):
            write_down(connection, "sign-in failed", name, address=address)


def test_a_name_and_its_password_come_in_and_nothing_else_does(opened):
    accounts = Accounts(opened)
    assert accounts.check(" ANNA@example.org ", GOOD, "") == Person("anna@example.org", Role.ANALYST)
    for name, password in (("anna@example.org", GOOD + "x"), ("nobody", GOOD), ("", ""), ("x\x00", "\x00")):
        with pytest.raises(Refused, match="do not go together"):
            accounts.check(name, password, "")


def test_the_store_holds_no_password_no_session_and_no_token(opened):
    session = Sessions(opened).begin(Person("anna@example.org", Role.ANALYST))
    token = Tokens(opened).make("anna@example.org", "Excel", "a test")
    with opened.engine.connect() as connection:
        held = str([connection.execute(sa.select(t)).all() for t in (ACCOUNT, SESSION, TOKEN)])
    held += str(list(entries(opened.engine)))
    assert not [secret for secret in (GOOD, session, token) if secret in held]
    assert "scrypt:" in held


def test_after_some_wrong_passwords_each_costs_twice_the_wait_up_to_a_lock_out(opened):
    accounts = Accounts(opened)
    waits = []
    for _ in range(16):
        waits.append(accounts.wait("anna@example.org", "elsewhere", datetime.now(UTC)))
        failing(opened, "anna@example.org", 1)
    assert waits[:FREE] == [0] * FREE
    # the first waits are so short that a slow machine sits them out before it asks again
    assert all(later >= sooner for sooner, later in pairwise(waits[FREE + 3 :]))
    assert waits[6] in range(7, 10) and waits[-1] in range(LOCKED - 5, LOCKED + 2)
    with pytest.raises(TooSoon, match="Try again in 15 minutes"):
        accounts.check("anna@example.org", GOOD, "elsewhere")
    later = datetime.now(UTC) + timedelta(seconds=LOCKED + 2)
    assert accounts.wait("anna@example.org", "elsewhere", later) == 0
    accounts.set_password("anna@example.org", GOOD + "!", "an administrator")
    assert accounts.check("anna@example.org", GOOD + "!", "elsewhere")


def test_a_name_that_nobody_has_is_made_to_wait_as_well(opened):
    failing(opened, "nobody", FREE + 5)
    assert Accounts(opened).wait("nobody", "elsewhere") > 20


def test_one_place_that_tries_many_names_is_locked_out(opened):
    for n in range(FROM_ONE_PLACE):
        failing(opened, f"name{n}", 1, "10.6.6.6")
    with pytest.raises(TooSoon):
        Accounts(opened).check("anna@example.org", GOOD, "10.6.6.6")
    assert Accounts(opened).check("anna@example.org", GOOD, "10.0.0.8")


@pytest.mark.parametrize(
    "name, password, why",
    [
        ("bob", "short", "12 to 200 characters"),
        ("bob", "a" * 201, "12 to 200 characters"),
        ("bob", "aaaaaaaaaaaaaa", "too easy"),
        ("bob.the.builder", "bob.the.builder", "too easy"),
        ("Bob Builder", GOOD, "is no name"),
        ("böb", GOOD, "is no name"),
        ("", GOOD, "is no name"),
        ("anna@example.org", GOOD, "already"),
    ],
)
def test_a_name_or_a_password_that_will_not_do_is_refused(opened, name, password, why):
    with pytest.raises(Refused, match=why):
        Accounts(opened).add(name, password, Role.VIEWER, "a test")
    assert len(Accounts(opened).all()) == 1


def test_who_has_no_password_cannot_sign_in(opened):
    Accounts(opened).add("carl", None, Role.VIEWER, "a test")
    with pytest.raises(Refused, match="do not go together"):
        Accounts(opened).check("carl", "", "")
    assert Accounts(opened).find("CARL") == Person("carl", Role.VIEWER)


def test_a_session_ends_by_idling_by_age_by_signing_out_and_with_its_account(opened):
    kept, anna = Sessions(opened), Person("anna@example.org", Role.ANALYST)
    secret, now = kept.begin(anna), datetime.now(UTC)
    assert kept.who(secret) == anna and kept.who(secret[:-1]) is None and kept.who("") is None
    assert kept.who(secret, now + IDLE + timedelta(seconds=5)) is None
    for minutes in range(30, int(ABSOLUTE.total_seconds() // 60), 30):
        assert kept.who(secret, now + timedelta(minutes=minutes)) == anna
    assert kept.who(secret, now + ABSOLUTE + timedelta(seconds=5)) is None
    Accounts(opened).set_role("anna@example.org", Role.VIEWER, "a test")
    other = kept.begin(anna)
    assert kept.who(other) == Person("anna@example.org", Role.VIEWER), "the role is today's"
    kept.end(other, "10.0.0.7")
    assert kept.who(other) is None
    third = kept.begin(anna)
    Accounts(opened).remove("anna@example.org", "a test")
    Accounts(opened).add("anna@example.org", GOOD, Role.ANALYST, "a test")
    assert kept.who(third) is None, "another account of the same name is another person"


def test_a_session_goes_on_while_somebody_else_writes(opened, monkeypatch):
    secret = Sessions(opened).begin(Person("anna@example.org", Role.ANALYST))

    def locked() -> None:
        raise sa.exc.OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(opened, "writing", locked)
    assert Sessions(opened).who(secret, datetime.now(UTC) + sessions.NOTED_EVERY * 2)


def test_what_shows_a_page_to_be_ours_follows_from_its_session():
    assert proof_for("a") == proof_for("a") != proof_for("b") and len(proof_for("a")) == 64


def test_tokens_are_somebodys_can_be_revoked_and_end_with_their_account(opened):
    tokens = Tokens(opened)
    with pytest.raises(Refused, match="Say what"):
        tokens.make("anna@example.org", "  ", "a test")
    with pytest.raises(Refused, match="no account"):
        tokens.make("nobody", "Excel", "a test")
    made = [tokens.make("anna@example.org", f"Excel {n}", "a test") for n in range(MOST)]
    with pytest.raises(Refused, match="more than"):
        tokens.make("anna@example.org", "one more", "a test")
    assert tokens.who(made[0]) == Person("anna@example.org", Role.ANALYST) and tokens.who(made[0])
    assert [what for what, *_ in said(opened)].count("token used") == 1, "once a day"
    with pytest.raises(Refused):
        tokens.revoke(1, "somebody", of="somebody")
    tokens.revoke(1, "anna@example.org", of="anna@example.org")
    assert tokens.who(made[0]) is None and tokens.who("") is None and len(tokens.all()) == MOST - 1
    Accounts(opened).remove("anna@example.org", "a test")
    assert tokens.who(made[1]) is None and tokens.all() == []


def test_the_log_is_only_added_to(opened):
    before = list(entries(opened.engine))
    for change in (
        "UPDATE audit SET who = 'somebody else'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE number = 1",
    ):
        with pytest.raises(sa.exc.DBAPIError, match="only added to"), opened.writing() as connection:
            connection.execute(sa.text(change))
    assert list(entries(opened.engine)) == before and before


def test_a_line_can_neither_be_forged_nor_break_the_log(opened):
    with pytest.raises(Refused):
        Accounts(opened).check("x\n2026 signed in anna\x1b[2J", "wrong", "10.0.0.7")
    last = next(entries(opened.engine, newest=1))
    assert last.what == "sign-in failed" and last.who.isprintable() and last.address == "10.0.0.7"


def test_loads_and_publishes_are_in_the_log(tmp_path, folder):
    from dataclasses import replace

    store = Store(f"sqlite:///{tmp_path / 'loads.sqlite'}")
    store.load_folder(replace(folder, observations=folder.observations.head(5)), "a loader", "why")
    store.publish(1, "a publisher", "why")
    assert said(store) == [
        ("release loaded", "a loader", "release 1"),
        ("release published", "a loader", "release 1"),
        ("release published", "a publisher", "release 1"),
    ]


def test_the_terminal_adds_lists_changes_and_removes(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'terminal.sqlite'}")
    monkeypatch.setattr("sys.stdin", io.StringIO(GOOD + "\n"))
    assert main(["user", "add", "Dora", "--role", "administrator"]) == 0
    assert "wants people to sign in" in capsys.readouterr().out
    assert main(["user", "role", "dora", "viewer"]) == 0
    assert main(["user", "list"]) == 0
    assert "dora: viewer, since" in capsys.readouterr().out
    assert main(["token", "add", "dora", "Power BI"]) == 0
    assert capsys.readouterr().out.startswith("sgd_")
    assert main(["token", "list"]) == 0 and "1: dora, Power BI, never used" in capsys.readouterr().out
    assert main(["token", "revoke", "1"]) == 0 and main(["token", "revoke", "1"]) == 1
    assert main(["user", "remove", "dora"]) == 0 and main(["user", "remove", "dora"]) == 1
    assert "There is no account dora" in capsys.readouterr().err
    assert main(["audit"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["what"] for line in lines] == [
        "account added",
        "role changed",
        "token made",
        "token revoked",
        "account removed",
    ]
    assert all(line["who"].endswith("at the terminal") for line in lines) and GOOD not in str(lines)
