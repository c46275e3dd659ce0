"""Signing in, and nothing else: names and passwords, limited tries, single sign-on, two-factor.

Django's own users, sessions and password views; django-axes counts wrong passwords, allauth adds
the second factor and OpenID Connect. Each module imports only what stands to its left:

visitors ► adapters;  sealing ► two_factor;  visitors, tries, two_factor, forms ► views
► urls;  sso ► urls
"""
