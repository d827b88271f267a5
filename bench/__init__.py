"""How fast sites are built: an invented atlas of any size, and the same content as plain Markdown."""
