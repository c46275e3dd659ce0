"""Lays the glossary that an empty database starts with; all of it can be edited afterwards."""

from django.db import migrations

TERMS = {
    "AC": "Alternating current: electric power as it comes from the mains.",
    "BT": "British Telecommunications plc, a carrier of telephone and data lines.",
    "CoLP": "City of London Police.",
    "GYE": "Guildhall Yard East, a building of the City.",
    "IaaS": "Infrastructure as a service: servers that are rented from a provider by the hour.",
    "IIS": "Internet Information Services, the web server that comes with Windows Server.",
    "ISO": "International Organization for Standardization; ISO 27001 is about keeping information safe.",
    "IT": "Information technology.",
    "NPS": "Net Promoter Score: of those asked whether they would recommend the service desk, the "
           "percentage answering 9 or 10 less the percentage answering 0 to 6. It runs from −100 "
           "to 100.",
    "PAC": "Proxy auto-configuration: a small file that tells a browser which way to the internet "
           "to take.",
    "PSN": "Public Services Network, which public bodies may join once their security is inspected.",
    "UPS": "Uninterruptible power supply: a battery unit that carries equipment over a power cut.",
    "VPN": "Virtual private network: a protected way into our network from elsewhere.",
    "XmR": "A chart that tells a change in a series of values from its ordinary ups and downs.",
}  # fmt: skip


def lay_terms(apps, schema_editor):
    GlossaryTerm = apps.get_model("reports", "GlossaryTerm")
    for abbreviation, meaning in TERMS.items():
        GlossaryTerm.objects.create(abbreviation=abbreviation, meaning=meaning)


def take_terms_away(apps, schema_editor):
    """Remove the terms laid here and leave those that somebody added."""
    apps.get_model("reports", "GlossaryTerm").objects.filter(abbreviation__in=TERMS).delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(lay_terms, take_terms_away)]
