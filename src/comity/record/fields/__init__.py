"""Where a document's source, date, title, address and language are found. One place a file."""
