"""Benches: figures about Comity, each printed by one command. ``python -m bench --list`` names them."""
