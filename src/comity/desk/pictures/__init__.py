"""pictures: what a ledger looks like. Pure functions from ledger values to a `Picture`: specification and table."""
