"""Forms: what a page's forms send where no script runs, as the address that a script would have written."""

from urllib.parse import parse_qs, quote

from components.filters import UNSET
from components.site import desk
from safeguarding.query import NOTHING

BUTTON = "apply"  # the button of the filters; its value says what is compared with where nothing is chosen
ADDED = "add"  # the form that adds an indicator to a view


def submitted(path: str, search: str) -> str | None:
    """The canonical address of what a form asks for; None where no form has been sent.

    A form names every control, one by one: those that ask for nothing are left out, boxes of one group become
    a list, and a list that says what would be compared with anyway goes as well.
    """
    sent = parse_qs(search, keep_blank_values=True)
    if BUTTON not in sent and ADDED not in sent:
        return None
    given = {name: [value for value in values if value != UNSET] for name, values in sent.items()}
    said: dict[str, str | list[str]] = {name: values[-1] for name, values in given.items() if values}
    if BUTTON in sent:
        said["compare"] = ",".join(given.get("compare", [])) or NOTHING
        if said.pop(BUTTON, None) == said["compare"]:
            del said["compare"]
    here = desk()
    view = here.read(said)
    if not view.messages:
        return here.link(quote(f"/{path.strip('/')}"), view)  # nobody else's address, and no second line
    return None
