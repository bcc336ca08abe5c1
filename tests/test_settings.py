"""Settings: each is read by the type of its field, and a server answers to its own names alone."""

from dataclasses import fields
from pathlib import Path

import pytest

from safeguarding.settings import THIS_MACHINE, Settings, from_environment, known_by


def test_every_setting_is_read_from_the_variable_of_its_name():
    given = {
        "HOME_AREA": "E08000003",
        "PARTNERSHIP": "A partnership",
        "DATABASE_URL": "sqlite:///x.sqlite",
        "DATA_FOLDER": "elsewhere",
        "HOST": "localhost",
        "PORT": "8123",
        "ALLOW_PUBLIC": "1",
        "ALLOWED_HOSTS": "dashboard.example, 10.1.2.3,",
        "NEIGHBOUR_AVERAGE": "median",
        "DATA_CONTACT": "the desk",
        "WORRIED_TEXT": "Worried?",
        "WORRIED_CONTACT": "0161",
        "MARKING": "",
        "PUBLIC_ADDRESS": "https://dashboard.example",
    }
    assert {name.lower() for name in given} == {f.name for f in fields(Settings)}
    read = from_environment(given)
    assert (read.data_folder, read.port, read.allow_public) == (Path("elsewhere"), 8123, True)
    assert read.allowed_hosts == ("dashboard.example", "10.1.2.3")
    assert (read.neighbour_average, read.marking, read.home_area) == ("median", "", "E08000003")


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8050x", "８０５０", "²", " 8050"])
def test_a_port_is_a_number_from_1_to_65535(text):
    with pytest.raises(ValueError, match=r"PORT is .*: give a number from 1 to 65535"):
        from_environment({"PORT": text})
    assert from_environment({"PORT": "65535"}).port == 65535 and from_environment({"PORT": "1"}).port == 1


def test_an_average_is_a_mean_or_a_median():
    with pytest.raises(ValueError, match="give mean or median"):
        from_environment({"NEIGHBOUR_AVERAGE": "mode"})


@pytest.mark.parametrize("text", ["0", "yes", "true", ""])
def test_only_1_lets_the_server_listen_beyond_this_machine(text):
    assert not from_environment({"ALLOW_PUBLIC": text}).allow_public


@pytest.mark.parametrize(
    "host, own",
    [
        ("127.0.0.1", ()),
        ("localhost", ()),
        ("::1", ()),
        ("[::1]", ()),
        ("10.1.2.3", ("10.1.2.3",)),
        ("fd00::5", ("[fd00::5]",)),
        ("dashboard.example", ("dashboard.example",)),
        ("0.0.0.0", ()),
        ("::", ()),
        ("", ()),
    ],
)
def test_a_server_is_known_by_this_machines_names_and_by_its_own(host, own):
    assert known_by(host) == (*THIS_MACHINE, *own)
    assert from_environment({"HOST": host}).allowed_hosts == known_by(host)
    assert from_environment({"HOST": host, "ALLOWED_HOSTS": " , "}).allowed_hosts == known_by(host)
    assert from_environment({"HOST": host, "ALLOWED_HOSTS": "other.example"}).allowed_hosts == (
        "other.example",
    )
