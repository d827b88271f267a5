"""Journeybook turns YAML journey maps into a reviewed, published site."""

