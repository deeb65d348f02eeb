"""Model files: read, check and write a negotiation model."""

from comity.bargaining.model.check import check, package_of
from comity.bargaining.model.file import load_model, parse_model
from comity.bargaining.model.write import model_data, model_json, model_toml

__all__ = ["check", "load_model", "model_data", "model_json", "model_toml", "package_of", "parse_model"]
