"""The addresses of a record's pages, as a template writes them."""

from django import template

from incidents.models import Referenced

register = template.Library()


@register.simple_tag
def address(page: str, of: Referenced, **query: str) -> str:
    """Write `{% address "holds" incident propose="end" %}`."""
    return of.address(page, **query)
