"""Comity reads the published record of a negotiation and keeps a cited ledger of who stands where."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("comity")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
