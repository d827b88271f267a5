/* The lifecycle: find a journey, see the rest dimmed, or one journey with what it is linked to. What is looked for
   lives in the address: ?find=words, or ?find= and the id of one journey. Dimming is for the eye only. */
;(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
  let mounted
  function mount() {
    mounted?.abort(); mounted = new AbortController()
    const bar = document.querySelector('.jb-find')
    if (!bar) return
    const input = bar.querySelector('input'), status = bar.querySelector('[role=status]'), list = bar.querySelector('ul')
    const journeys = new Map()
    for (const item of all('[data-j]')) if (!journeys.has(item.dataset.j)) journeys.set(item.dataset.j, item)
    const link = item => item.querySelector('a')
    const text = item => link(item).textContent
    const edges = all('[data-e]').map(edge => [edge, ...edge.dataset.e.split(' ')])

    /* the journeys to show: found by words, or one and what it is linked to; null is all of them */
    function wanted(find) {
      if (journeys.has(find)) return new Set([find, ...edges.flatMap(([, a, b]) => a === find ? [b] : b === find ? [a] : [])])
      const words = plain(find).split(/\s+/).filter(Boolean)
      return words.length ? new Set([...journeys].filter(([, item]) => words.every(w => plain(text(item)).includes(w))).map(([id]) => id)) : null
    }
    function result(id) {
      const item = journeys.get(id), entry = document.createElement('li'), to = link(item).cloneNode(true), home = item.closest('[data-home]')
      entry.append(to)
      if (home || document.querySelector(`.jb-at [data-a="${id}"]`)) {
        const more = document.createElement('a'), address = new URL(home?.dataset.home || location.href, location.href)
        address.search = '?find=' + id
        more.href = address.href; more.textContent = list.dataset.links; more.className = 'jb-chip'
        more.setAttribute('aria-label', `${text(item)}: ${list.dataset.links}`)
        if (!home) more.addEventListener('click', event => { event.preventDefault(); event.stopPropagation(); show(id); input.focus() })
        entry.append(' ', more)
      }
      return entry
    }
    function show(find, type) {
      const found = wanted(find), one = journeys.has(find)
      if (!type) input.value = one ? text(journeys.get(find)) : find
      const shown = found && new Set([...found].flatMap(id => [id, journeys.get(id)?.closest('[data-in]')?.dataset.in]))
      const dim = (part, on) => part.classList.toggle('jb-out', Boolean(shown) && !on)
      for (const part of all('[data-a]')) { dim(part, shown?.has(part.dataset.a)); part.classList.toggle('jb-on', one && part.dataset.a === find) }
      for (const item of all('[data-j]')) dim(item, shown?.has(item.dataset.j))
      for (const box of all('[data-in]')) dim(box, shown?.has(box.dataset.in))
      for (const [edge, a, b] of edges) {
        const on = one ? a === find || b === find : shown?.has(a) && shown.has(b)
        dim(edge, on); edge.classList.toggle('jb-on', one && on)
      }
      const ids = found ? [...found].filter(id => journeys.has(id)) : []
      status.textContent = !found ? '' : ids.length ? ids.length === 1 ? status.dataset.one : status.dataset.many.replace('%(num)s', ids.length) : status.dataset.none
      list.replaceChildren(...ids.slice(0, 24).map(result))
      const url = new URL(location.href)
      find ? url.searchParams.set('find', find) : url.searchParams.delete('find')
      if (url.href !== location.href) history.replaceState(history.state, '', url)
    }
    input.addEventListener('input', () => show(input.value, true), { signal: mounted.signal })
    const find = new URLSearchParams(location.search).get('find')
    if (find) show(find)
  }
  window.document$ ? document$.subscribe(mount) : mount()
})()
