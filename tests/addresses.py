"""Every address of the site, as it is asked for, and the record that stands behind each."""

from tests.test_addresses import APP, PLACEHOLDER, every_route, lay_sample, rows


def every_address() -> list[str]:
    """Lay the sample of the table of addresses and return each; none of them is asked here."""
    return [row.address for row in rows(lay_sample())] + administration()


def addresses_and_forms() -> tuple[list[str], list[str]]:
    """Lay the sample; return every address, and those where an administrator sends a form."""
    table = rows(lay_sample())
    forms = [row.address for row in table if row.cells["administrator"] == "form"]
    return [row.address for row in table] + administration(), forms


def administration() -> list[str]:
    routes = sorted(every_route(administration=True))
    named = [APP.sub("incidents", route).removesuffix("$") for route in routes]
    return ["/" + PLACEHOLDER.sub("1", each) for each in named]
