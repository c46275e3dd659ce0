"""How an author's text is printed: on the page, on paper and in Word alike."""

from django import template

from reports import markup

register = template.Library()
register.filter("authored", markup.html_of)
register.filter("authored_line", markup.line_html_of)
