"""Router: Dash's own callback address, which takes one request alone, the one that asks for a page."""

from flask import Flask, Response, request

from addresses.asking import fields, said

CALLBACK = ".._pages_content.children..._pages_store.data.."
OUTPUTS = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]


def is_the_routers(body: dict[str, object]) -> bool:
    """Is this what Dash's router sends when it asks for a page? Dash itself does not look first."""
    match body:
        case {
            "output": str(output),
            "outputs": list(outputs),
            "inputs": [
                {"id": "_pages_location", "property": "pathname", "value": str(path)},
                {"id": "_pages_location", "property": "search", "value": None | str()},
            ],
            "changedPropIds": list(changed),
        }:
            return (
                (output, outputs, body.get("state", [])) == (CALLBACK, OUTPUTS, [])
                and all(isinstance(name, str) for name in changed)
                and path.startswith("/")
                and path.isprintable()
            )
    return False


def register(server: Flask) -> None:
    """Refuse whatever else is sent to Dash's callback address."""

    @server.before_request
    def in_its_own_shape() -> Response | None:
        if request.path != "/_dash-update-component" or request.method != "POST":
            return None
        if is_the_routers(fields()):
            return None
        return said(400, "This is not a request that a page of this dashboard makes.")
