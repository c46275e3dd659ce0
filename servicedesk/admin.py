"""What the administration does not show: the rows of libraries, which are no door of this site."""

from django.apps import apps
from django.contrib import admin

for app in ("account", "socialaccount", "mfa"):
    for model in apps.get_app_config(app).get_models():
        if admin.site.is_registered(model):
            admin.site.unregister(model)
