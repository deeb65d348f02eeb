"""How a brief looks: one module a format, each a function of the brief (and of the documents where it shows them)."""
