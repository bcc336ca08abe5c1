"""Settings: each is read by the type of its field, and a server answers to its own names alone."""

from dataclasses import fields
from pathlib import Path

import pytest

from safeguarding.disclosure.audience import Rules
from safeguarding.refused import Refused
from safeguarding.settings import THIS_MACHINE, Settings, from_environment, known_by


def test_every_setting_is_read_from_the_variable_of_its_name():
    given = {
        "HOME_AREA": "E08000003",
        "PARTNERSHIP": "A partnership",
        "DATABASE_URL": "sqlite:///x.sqlite",
        "DATA_FOLDER": "elsewhere",
        "HOST": "localhost",
        "PORT": "8123",
        "ACCESS": "proxy",
        "TRUSTED_PROXIES": "10.1.2.3, 10.2.0.0/16",
        "PROXY_HEADER": "X-Remote-User",
        "ALLOWED_HOSTS": "dashboard.example, 10.1.2.3,",
        "NEIGHBOUR_AVERAGE": "median",
        "DATA_CONTACT": "the desk",
        "WORRIED_TEXT": "Worried?",
        "WORRIED_CONTACT": "0161",
        "MARKING": "",
        "PUBLIC_ADDRESS": "https://dashboard.example",
        "SMALL_COUNT": "9",
        "PARTNERS_SEE_SMALL_COUNTS": "1",
        "LOG": "json",
        "RATE_LIMIT": "60",
        "OIDC_ISSUER": "https://login.example",
        "OIDC_CLIENT": "x",
        "OIDC_SECRET": "x",
        "OIDC_NAME_CLAIM": "preferred_username",
        "OIDC_ROLE_CLAIM": "groups",
        "METRICS_FROM": "127.0.0.1",
        "TEMPLATE_PPTX": "house.potx",
        "TEMPLATE_DOCX": "",
        "EMBED_FROM": "https://example.sharepoint.com",
    }
    assert {name.lower() for name in given} == {f.name for f in fields(Settings)}
    read = from_environment(given)
    assert (read.data_folder, read.port, read.access) == (Path("elsewhere"), 8123, "proxy")
    assert (read.trusted_proxies, read.behind_tls) == (("10.1.2.3", "10.2.0.0/16"), True)
    assert read.allowed_hosts == ("dashboard.example", "10.1.2.3")
    assert Rules.of(read) == Rules(9, True) and Rules.of(Settings()) == Rules(5, False)
    assert read.templates == {"pptx": Path("house.potx")} and Settings().templates == {}
    assert (read.log, read.neighbour_average) == ("json", "median")
    assert (read.marking, read.home_area) == ("", "E08000003")


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "8050x", "８０５０", "²", " 8050"])
def test_a_port_is_a_number_from_1_to_65535(text):
    with pytest.raises(ValueError, match=r"PORT is .*: give a number from 1 to 65535"):
        from_environment({"PORT": text})
    assert from_environment({"PORT": "65535"}).port == 65535 and from_environment({"PORT": "1"}).port == 1


@pytest.mark.parametrize("text", ["", "0", "100", "-5", "five", "５"])
def test_the_largest_small_count_is_a_number_from_1_to_99(text):
    with pytest.raises(ValueError, match="give the largest count to hide, from 1 to 99"):
        from_environment({"SMALL_COUNT": text})


@pytest.mark.parametrize("text", ["yes", "true", "2", " 1"])
def test_small_counts_are_shown_to_partners_or_a_sentence_says_how(text):
    with pytest.raises(ValueError, match=r"PARTNERS_SEE_SMALL_COUNTS is .*: give 1, or leave it out"):
        from_environment({"PARTNERS_SEE_SMALL_COUNTS": text})
    assert not from_environment({"PARTNERS_SEE_SMALL_COUNTS": "0"}).partners_see_small_counts


@pytest.mark.parametrize("text", ["dashboard.example", "ftp://dashboard.example", "https://", "https://[x"])
def test_a_public_address_is_one_that_a_link_can_begin_with(text):
    with pytest.raises(ValueError, match=r"PUBLIC_ADDRESS is .*: give an address that begins with https://"):
        from_environment({"PUBLIC_ADDRESS": text})


def test_all_that_is_wrong_is_said_at_once():
    given = {"PORT": "abc", "RATE_LIMIT": "x", "ACCESS": "everyone", "LOG": "yes", "EMBED_FROM": "a b"}
    with pytest.raises(Refused) as refused:
        from_environment(given)
    assert [said.split()[0] for said in refused.value.problems] == [
        *("PORT", "RATE_LIMIT", "LOG", "ACCESS", "EMBED_FROM"),
    ]


def test_an_average_is_a_mean_or_a_median():
    with pytest.raises(ValueError, match="give mean or median"):
        from_environment({"NEIGHBOUR_AVERAGE": "mode"})


@pytest.mark.parametrize(
    "given, said",
    [
        ({"ACCESS": "public"}, "give accounts, oidc, proxy or anyone"),
        ({"ACCESS": "proxy"}, "TRUSTED_PROXIES is empty"),
        ({"ACCESS": "proxy", "TRUSTED_PROXIES": "proxy.example"}, "give addresses or networks"),
        ({"TRUSTED_PROXIES": "10.1.2.3/8"}, "give addresses or networks"),
    ],
)
def test_a_way_in_that_makes_no_sense_is_said(given, said):
    with pytest.raises(ValueError, match=said):
        from_environment(given)


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


@pytest.mark.parametrize("host", ["https://a.example;script-src", "*", "a b", "javascript:", "'self'", "a/b"])
def test_a_host_that_may_embed_is_a_host_and_nothing_else(host):
    with pytest.raises(ValueError, match="EMBED_FROM has"):
        from_environment({"EMBED_FROM": host})


def test_hosts_that_may_embed_are_as_a_policy_takes_them():
    given = "https://example.sharepoint.com, *.example.gov.uk,intranet:8443"
    read = from_environment({"EMBED_FROM": given}).embed_from
    assert read == ("https://example.sharepoint.com", "*.example.gov.uk", "intranet:8443")
