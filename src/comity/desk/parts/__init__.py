"""The parts of a brief: its values, and one module for each section that takes thought."""
