"""``python -m journeybook`` is the same as ``journeybook``."""

from journeybook.adapters.cli import main

if __name__ == "__main__":
    main(prog_name="journeybook")
