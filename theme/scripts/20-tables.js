/* Journeybook: registers. Heads of tables sort; a bar above a register filters it, and the address keeps the view.
   All rows are there without this file. Cells are compared by data-v (ISO date or number), else by their text, so
   that no language is parsed; interface words come from the page. */
(() => {
  const one = (selector, root = document) => root.querySelector(selector)
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  let mounted // AbortController of the page that is shown
  let kept // puts the view back into the address

  /* ---- sorting ---- */
  const value = cell => cell ? cell.dataset.v ?? cell.textContent.trim() : ''
  function sorter(table, rows) {
    const heads = all('thead th', table)
    let words // made when first sorted: it takes long
    return key => { // 'name' up, '-name' down, '' as the page lists them
      const down = key[0] === '-', head = heads.find(h => h.dataset.k && h.dataset.k === key.slice(+down))
      for (const other of heads) other.removeAttribute('aria-sort')
      head?.setAttribute('aria-sort', down ? 'descending' : 'ascending')
      const known = rows.map(row => [head ? value(row.cells[head.cellIndex]) : '', row])
      const numbers = known.every(([v]) => v === '' || !isNaN(v))
      words ??= new Intl.Collator(document.documentElement.lang || [], { numeric: true })
      known.sort(([a], [b]) => a === '' || b === '' ? (a === '') - (b === '') // what is not known stands last either way
        : (down ? -1 : 1) * (numbers ? a - b : words.compare(a, b)))
      table.tBodies[0].append(...known.map(([, row]) => row))
    }
  }
  /* heads become buttons; data-d: the large ones first */
  function sortable(table, on, sorted) {
    const sort = sorter(table, [...table.tBodies[0].rows])
    for (const head of all('th[data-k]', table)) {
      let button = one('button', head)
      if (!button) {
        button = document.createElement('button')
        button.type = 'button'; button.append(...head.childNodes); head.append(button)
      }
      on(button, 'click', () => {
        const now = head.getAttribute('aria-sort'), down = now ? now === 'ascending' : 'd' in head.dataset
        const key = (down ? '-' : '') + head.dataset.k
        sort(key); sorted?.(key)
      })
    }
    return sort
  }

  /* ---- filtering ---- */
  const plain = text => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
  /* a register on many pages: a list of all rows is fetched for the first question, links lead to where they stand */
  const AT_ONCE = 200
  function finder(place, on) {
    const found = one('[data-jb-found]', place), own = one('[data-jb-own]', place), next = one('[data-jb-next]', place)
    const base = new URL(place.dataset.jbIndex, location.href), flat = one('nav a', place).pathname.endsWith('.html')
    let rows, left = [], turn = 0
    const show = () => {
      found.append(...left.splice(0, AT_ONCE).map(([to, title, note]) => {
        const item = document.createElement('li'), link = document.createElement('a'), sub = document.createElement('span')
        link.href = new URL(flat ? to.replace(/\/(?=#|$)/, '.html') : to, base)
        link.textContent = title; link.dir = sub.dir = 'auto'
        sub.className = 'jb-sub'; sub.textContent = note
        item.append(link, sub)
        return item
      }))
      next.hidden = !left.length
    }
    on(next, 'click', show)
    return async (asked, words, say) => {
      const mine = ++turn
      try {
        const all = asked.length ? await (rows ??= fetch(base).then(answer => answer.json())) : []
        if (mine !== turn) return // somebody typed on
        left = all.filter(([, title, note, keys]) => asked.every(control => control.type === 'search'
          ? words.every(word => plain(`${title} ${note}`).includes(word))
          : ` ${keys[control.name] ?? ''} `.includes(` ${control.value} `)))
        found.replaceChildren()
        own.hidden = asked.length > 0
        say(asked.length, asked.length ? left.length : 1)
        show()
      } catch { one('form', place).hidden = true } // opened from a disk: the pages below have all
    }
  }

  function register(place, on) {
    const form = one('form', place), controls = [...form.elements].filter(c => c.name), texts = new Map()
    const views = all('[name=view]', place), some = 'jbMore' in place.dataset // not every item has a card
    const table = one('table', place), order = form.elements.sort
    const items = all('[data-jb-items]', place).flatMap(list => [...list.children])
    const counted = table ? items.filter(item => item.matches('tr')) : items
    const named = item => views.length ? one('a', item).href : item // a card and a row of one record are found together
    const count = one('[data-jb-count]', place), whole = count.textContent
    const look = 'jbIndex' in place.dataset && finder(place, on) // it sorts nothing: the rows here are not all
    const sort = !table || look ? null : sortable(table, on, key => { sorted = key; write() })
    let sorted = ''
    if (order && sort) for (const head of all('th[data-k]', table)) {
      const key = ('d' in head.dataset ? '-' : '') + head.dataset.k
      order.querySelector(`[value="${key}"]`) || order.add(new Option(head.textContent, key))
    }
    const filters = controls.filter(c => c !== order)
    const set = control => control.type === 'checkbox' ? control.checked : control.value.trim()

    const say = (asked, left) => {
      count.textContent = asked ? count.dataset.some.replace('{n}', left) : whole
      one('[data-jb-none]', place).hidden = left > 0
      one('[data-jb-reset]', form).hidden = !asked
    }
    function apply() {
      const asked = filters.filter(set), words = plain(form.elements.find?.value ?? '').split(/\s+/).filter(Boolean)
      if (look) return look(asked, words, say)
      if (words.length && !texts.size) for (const item of items) texts.set(named(item), `${texts.get(named(item)) ?? ''} ${plain(item.textContent)}`)
      for (const item of items) {
        const hide = !asked.every(control => control.type === 'search'
          ? words.every(word => texts.get(named(item)).includes(word))
          : ` ${item.getAttribute('data-' + control.name) ?? ''} `.includes(` ${control.value} `))
        if (item.hidden !== hide) item.hidden = hide
      }
      if (asked.length && some) pick('table')
      for (const group of all('[data-jb-group]', place)) group.hidden = !one('[data-jb-items]>:not([hidden])', group)
      const left = counted.filter(item => !item.hidden).length
      say(asked.length, left)
    }
    const pick = name => { const view = views.find(v => v.value === name) ?? views.find(v => v.defaultChecked); if (view) view.checked = true }
    /* keep history.state: Material keeps the scroll position there */
    function write() {
      const url = new URL(location.href), query = url.searchParams, view = views.find(v => v.checked)
      const put = (key, text) => text ? query.set(key, text) : query.delete(key)
      for (const control of filters) put(control.name, set(control) && control.value.trim())
      put('sort', sorted); put('view', view && !view.defaultChecked && view.value)
      if (order) order.value = sorted
      url.search = query.toString().replaceAll('%2C', ',')
      if (url.href !== location.href) history.replaceState(history.state, '', url)
    }
    function read() {
      const query = new URLSearchParams(location.search)
      for (const control of filters) {
        const asked = query.get(control.name) ?? ''
        if (control.type === 'checkbox') control.checked = asked === control.value
        else control.value = asked
        if (control.selectedIndex < 0) control.value = '' // an owner who has left
      }
      sorted = query.get('sort') ?? ''; sort?.(sorted)
      pick(query.get('view')); apply(); if (order) order.value = sorted
    }
    const act = () => { if (order) { sorted = order.value; sort?.(sorted) } apply(); write() }
    on(form, 'input', event => { if (event.target === order) act(); else { apply(); write() } })
    on(form, 'submit', event => event.preventDefault())
    const clear = () => { for (const control of filters) control.type === 'checkbox' ? control.checked = false : control.value = '' }
    for (const view of views) on(view, 'change', () => {
      if (some && view.value === 'cards') { clear(); apply() } // what is found may have no card
      write()
    })
    for (const button of all('[data-jb-reset]', place)) on(button, 'click', () => { clear(); apply(); write(); filters[0].focus() })
    read(); kept = write
    on(window, 'popstate', read)
  }

  /* cards instead of rows (on phones) take a table's roles away in some browsers: say them */
  const ROLES = { TABLE: 'table', TBODY: 'rowgroup', TR: 'row', TH: 'rowheader', TD: 'cell' }
  const narrow = matchMedia('(max-width:44.984375em)')
  function roles() {
    for (const part of all('.jb-rows,.jb-rows :is(tbody,tbody *:is(tr,th,td))')) {
      narrow.matches ? part.setAttribute('role', ROLES[part.tagName]) : part.removeAttribute('role')
    }
  }

  function mount() {
    mounted?.abort(); mounted = new AbortController(); kept = null
    const on = (target, type, act) => target.addEventListener(type, act, { signal: mounted.signal })
    const places = all('[data-jb-register]')
    for (const place of places) register(place, on)
    for (const table of all('table:has(th[data-k])')) if (!table.closest('[data-jb-register]')) sortable(table, on)
    if (narrow.matches) roles()
    on(narrow, 'change', roles)
  }
  window.document$ ? document$.subscribe(mount) : mount()
  /* Material's links to places on the page drop the query */
  window.location$?.subscribe(url => { if (url.hash && !url.search) queueMicrotask(() => kept?.()) })
})()
