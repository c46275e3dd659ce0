"""Wires the apps together: settings, addresses, servers, signing in. It decides nothing."""
