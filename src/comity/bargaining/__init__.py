"""bargaining: what deal is possible, what blocks it, and what would open it?

Works on a model file alone, or on a model drafted from a ledger. Everything is a pure function of a
`NegotiationModel`; results carry method, parameters and whether they are exact. Positions nobody has heard
are unknown, never flexible.
"""

from comity.bargaining.model import load_model, model_data, model_json, model_toml, parse_model

__all__ = ["load_model", "model_data", "model_json", "model_toml", "parse_model"]
