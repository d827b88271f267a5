"""Every internal link of the demo site, followed by a click: the page is swapped, never loaded anew, never lost."""

from __future__ import annotations

from typing import Any

CRAWL = """async () => {
  const pause = ms => new Promise(done => setTimeout(done, ms))
  let swaps = 0
  document$.subscribe(() => swaps++)
  // an SVG's links are ordinary jumps of the browser, and files are loaded as files
  const links = () => [...document.querySelectorAll('a[href]')].filter(a =>
    !(a instanceof SVGElement) && a.host === location.host && !a.hasAttribute('download') && /\\/$/.test(a.pathname))
  const place = a => a.pathname + a.hash
  const followed = new Set(), pages = new Map(), faults = [], said = new Map()
  const learn = () => pages.set(location.pathname, new Set(links().map(place)))
  const title = async path => {
    if (!said.has(path)) {
      const text = await (await fetch(path)).text()
      said.set(path, new DOMParser().parseFromString(text, 'text/html').querySelector('h1')?.textContent)
    }
    return said.get(path)
  }
  const click = async to => {
    const from = location.pathname, link = links().find(a => place(a) === to), before = swaps
    if (!link) { faults.push(`${from} has no link to ${to} any more`); return false }
    const target = new URL(link.href)
    link.click()
    followed.add(to)
    for (let waited = 0; waited < 8000; waited += 5) {
      const there = location.pathname === target.pathname && location.hash === target.hash
      if (there && (from === target.pathname || swaps > before)) break
      await pause(5)
    }
    const heading = document.querySelector('h1')?.textContent
    if (location.pathname !== target.pathname || heading !== await title(target.pathname)) {
      faults.push(`${from} → ${to}: shows ${location.pathname}, "${heading}"`)
      return false
    }
    const spot = decodeURIComponent(target.hash.slice(1))
    if (spot && !document.getElementById(spot)) faults.push(`${from} → ${to}: no such place`)
    learn()
    return true
  }
  learn()
  for (let round = 0; round < 3000; round++) {
    const open = [...pages.get(location.pathname)].filter(to => !followed.has(to))
    const next = open.find(to => to.startsWith(location.pathname + '#')) ?? open[0]
    if (next) { if (!await click(next)) break; continue }
    // the shortest way to a page with links that were not followed yet
    const ways = [[location.pathname]], met = new Set([location.pathname])
    let way
    while (!way && ways.length) {
      const tried = ways.shift()
      for (const to of pages.get(tried.at(-1))) {
        const path = to.split('#')[0]
        if (met.has(path) || !pages.has(path)) continue
        met.add(path); ways.push([...tried, path])
        if ([...pages.get(path)].some(other => !followed.has(other))) { way = [...tried, path]; break }
      }
    }
    if (!way) break
    const hop = [...pages.get(location.pathname)].find(to => to.split('#')[0] === way[1])
    if (!await click(hop)) break
  }
  const left = [...pages.values()].flatMap(places => [...places]).filter(to => !followed.has(to))
  return { followed: followed.size, pages: [...pages.keys()], faults, left }
}"""


def test_every_internal_link_swaps_the_page(open_page: Any, base: str) -> None:
    """All links to all places work by click, in one life of the script, and lead through every page of the site."""
    page = open_page("")
    page.set_default_timeout(0)
    found = page.evaluate(CRAWL)
    assert found["faults"] == []
    assert found["left"] == []
    listed = page.evaluate("fetch('/sitemap.xml').then(r => r.text())").count("<loc>")
    assert len(found["pages"]) == listed
    assert found["followed"] > 400
