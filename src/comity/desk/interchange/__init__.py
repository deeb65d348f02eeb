"""Interchange: what other tools read and write, one module a format, each with both directions.

Inside, offsets are code points; `offsets` converts at the edges. Codings (statements with their coder) go as Web
Annotations, CSV and Parquet; networks as GraphML and GEXF; a case as a folder of open files; and a Discourse Network
Analyzer database both ways.
"""
