"""The commands, one module each; each holds a click command called ``command``."""
