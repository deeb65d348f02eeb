"""Training of the shipped models. Not part of the package: it needs torch and the data folder beside the checkout."""
