"""The terminal's way to accounts, tokens and the audit log: `user`, `token` and `audit`."""

import argparse
import getpass
import json
import sys

from safeguarding import periods
from safeguarding.access.accounts import Accounts
from safeguarding.access.people import Role
from safeguarding.access.tokens import Tokens
from safeguarding.disclosure.audience import Rules
from safeguarding.refused import Refused
from safeguarding.settings import Settings
from safeguarding.store.audit import entries
from safeguarding.store.releases import Store

COMMANDS = ("user", "token", "audit")
ROLES = [role.value for role in Role]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands and what they take."""
    users = commands.add_parser("user", help="who may sign in").add_subparsers(dest="what", required=True)
    new = users.add_parser("add", help="add an account; the password is asked for, or read from a pipe")
    new.add_argument("name")
    new.add_argument("--role", choices=ROLES, default=Role.VIEWER.value)
    new.add_argument("--no-password", action="store_true", help="for whom a proxy names (ACCESS=proxy)")
    for name, said in (
        ("remove", "take an account away, with its sessions and tokens"),
        ("password", "give somebody another password, and end their sessions"),
        ("role", "give somebody another role"),
    ):
        given = users.add_parser(name, help=said)
        given.add_argument("name")
        if name == "role":
            given.add_argument("role", choices=ROLES)
    users.add_parser("list", help="every account and its role")
    tokens = commands.add_parser("token", help="personal access tokens for /api")
    kinds = tokens.add_subparsers(dest="what", required=True)
    kinds.add_parser("list", help="every token in use, without its secret")
    made = kinds.add_parser("add", help="make one; it is shown this once")
    made.add_argument("name", help="whose it is")
    made.add_argument("title", help="what it is for")
    kinds.add_parser("revoke", help="end one").add_argument("number", type=int)
    commands.add_parser("audit", help="the audit log as JSON lines, the first first")


def run(given: argparse.Namespace, settings: Settings) -> int:
    """Run one of the commands. Raises Refused with a sentence where it cannot be done."""
    store = Store(settings.database_url, Rules.of(settings))
    accounts, by = Accounts(store), f"{getpass.getuser()} at the terminal"
    match given.command, given.what if "what" in given else "":
        case "audit", _:
            for entry in entries(store.engine):
                print(json.dumps(entry.as_data, ensure_ascii=False))
        case "user", "add":
            accounts.add(given.name, None if given.no_password else _password(), Role(given.role), by)
            print(f"{given.name.lower()}, {given.role}: {Role(given.role).words}.")
            if not settings.access and len(accounts.all()) == 1:
                print("From its next start the dashboard wants people to sign in.")
        case "user", "remove":
            accounts.remove(given.name, by)
            print(f"{given.name.lower()} is gone, and signed out everywhere.")
        case "user", "password":
            accounts.set_password(given.name, _password(), by)
            print(f"{given.name.lower()} has another password, and is signed out everywhere.")
        case "user", "role":
            accounts.set_role(given.name, Role(given.role), by)
            print(f"{given.name.lower()}, {given.role}: {Role(given.role).words}.")
        case "user", _:
            for a in accounts.all():
                how = "" if a.has_password else ", named by a proxy"
                print(f"{a.name}: {a.role}, since {periods.in_words(a.added_at.date())}{how}")
        case "token", "add":
            print(Tokens(store).make(given.name.lower(), given.title, by))
        case "token", "revoke":
            Tokens(store).revoke(given.number, by)
            print(f"Token {given.number} is revoked.")
        case _:
            for t in Tokens(store).all():
                used = f"last used {t.used_on}" if t.used_on else "never used"
                print(f"{t.number}: {t.name}, {t.title}, {used}")
    return 0


def _password() -> str:
    """A password typed twice, or the first line of a pipe; never an argument, which others can see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("The same again: "):
        raise Refused(["The two are not the same. Nothing was changed."])
    return first
