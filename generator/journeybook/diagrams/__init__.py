"""Pure printers: records in, DOT or SVG out, and the port behind which Graphviz lays out."""
