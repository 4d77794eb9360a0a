"""Countries by name, and the time zones they have."""

import pytest

from midcycle.kernel.zones import city_of, countries, zones_of


def test_countries_are_named_and_in_the_order_of_their_names():
    names = list(countries().values())
    assert (len(names), names[0], names[-1]) == (249, "Afghanistan", "Zimbabwe")
    assert [countries()[code] for code in ("GB", "US", "SI")] == ["Britain (UK)", "United States", "Slovenia"]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


def test_a_country_has_its_zones():
    assert zones_of("SI") == ("Europe/Ljubljana",)
    assert zones_of("PT")[0] == "Europe/Lisbon"
    assert zones_of("ZZ") == ()


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("Africa/Accra", "Accra"),
        ("Atlantic/Cape_Verde", "Cape Verde"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("UTC", "UTC"),
        ("", ""),
    ],
)
def test_a_zone_is_called_by_its_city(zone, city):
    assert city_of(zone) == city
