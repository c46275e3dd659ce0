"""Wires the apps together: settings, addresses, servers. It decides nothing."""
