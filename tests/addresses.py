"""Every address of the site, as it is asked for, and the record that stands behind each."""

from tests.test_addresses import APP, PLACEHOLDER, every_route, lay_sample, rows


def every_address() -> list[str]:
    """Lay the sample of the table of addresses and return each; none of them is asked here."""
    administration = every_route(administration=True)
    return [row.address for row in rows(lay_sample())] + sorted(
        "/" + PLACEHOLDER.sub("1", APP.sub("incidents", route)).removesuffix("$")
        for route in administration
    )
