"""Where Journeybook meets the outside: the command line, MkDocs, printed reports."""
