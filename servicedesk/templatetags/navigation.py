"""Where one can go, as the templates of every page ask for it."""

from typing import Any

from django import template

from servicedesk import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def main_navigation(context: dict[str, Any]) -> list[navigation.Place]:
    """Write `{% main_navigation as sections %}`."""
    return list(navigation.main_navigation(context["viewer"], context["request"].path))


@register.simple_tag(takes_context=True)
def settings_navigation(context: dict[str, Any]) -> list[navigation.Place]:
    """Write `{% settings_navigation as pages %}`."""
    return navigation.settings_navigation(context["viewer"], context["request"].path)
