"""Other programs' files, one module a format, reading and writing."""

from comity.bargaining.formats.deu import deu_csv, load_deu, parse_deu
from comity.bargaining.formats.genius import genius_files, load_genius
from comity.bargaining.formats.gmcr import gmcr_json, load_gmcr

__all__ = ["deu_csv", "genius_files", "gmcr_json", "load_deu", "load_genius", "load_gmcr", "parse_deu"]
