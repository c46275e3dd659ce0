"""How an open incident stands, drawn on its page as in the list."""

from django import template

from incidents.explaining import drawn

register = template.Library()
register.simple_tag(drawn, name="draw_standing")
