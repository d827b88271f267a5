"""The commands, a module each. Heavy things (the host, the renderer) are imported by the one that needs them."""
