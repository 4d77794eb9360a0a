"""The filters every template knows."""

import pytest

from midcycle.web.templatetags.web import address


@pytest.mark.parametrize(
    ("email", "html"),
    [
        ("ada@example.org", "ada<wbr>@example.org"),
        ('"a@b"@example.org', "&quot;a@b&quot;<wbr>@example.org"),
        ("<script>@example.org", "&lt;script&gt;<wbr>@example.org"),
        ("nobody", "<wbr>nobody"),
    ],
)
def test_an_address_may_go_on_to_a_new_line_before_its_host_alone(email, html):
    assert address(email) == html
