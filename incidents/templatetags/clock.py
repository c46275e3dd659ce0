"""What the templates say and draw of clocks: thin names for explaining."""

from django import template

from incidents.clock import in_hours
from incidents.explaining import drawn, drawn_time, exact_time, exactly, exactly_in_days
from incidents.tables import badge

register = template.Library()

register.simple_tag(drawn, name="draw_standing")
register.filter("moment", drawn_time)
register.filter("exact_time", exact_time)
register.filter("exactly", exactly)
register.filter("exactly_in_days", exactly_in_days)
register.filter("in_hours", in_hours)
register.filter("badge", badge)
