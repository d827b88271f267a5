#!/bin/sh
# Any CI: check the maps, say what a change means, build the site. Run it in the folder of mkdocs.yml.
#   BASE  the commit a change starts from, such as the merge base with main; empty on main itself
#   OUT   where the site goes, by default public/
set -eu

python3 -m venv .venv
.venv/bin/python -m pip install --quiet --requirement requirements.txt

if [ -n "${BASE:-}" ]; then
  .venv/bin/journeybook diff "$BASE" --fail-on never
  .venv/bin/journeybook check --since "$BASE"
else
  .venv/bin/journeybook check
fi
.venv/bin/journeybook build ${BASE:+--compare-to "$BASE"} --site-dir "${OUT:-public}"
