"""Names our administration for Django."""

from django.contrib.admin import apps


class AdministrationConfig(apps.AdminConfig):
    default_site = "servicedesk.administration.Administration"
    # Django would take it for the configuration of the app in whose folder it stands.
    default = False
