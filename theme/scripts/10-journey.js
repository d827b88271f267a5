/* Journeybook: progressive enhancement only. Without this file pages still show, filter, link and print.
   Material swaps the page's content on navigation, so everything is mounted anew for each page and nothing is
   kept on <body>. */
(() => {
  const one = (selector, root = document) => root.querySelector(selector)
  const all = (selector, root = document) => [...root.querySelectorAll(selector)]
  const root = document.documentElement
  const calm = () => matchMedia('(prefers-reduced-motion:reduce)').matches ? 'auto' : 'smooth'
  let mounted // AbortController of the page that is shown
  let spot = -1 // stage in the spotlight while presenting

  /* ---- the view: whose journey, which lanes. Lives in the address, so that it can be sent to somebody ---- */
  const store = (where, key, value) => { // storage may be forbidden; the page works without
    try { return value === undefined ? window[where].getItem(key) : window[where].setItem(key, value) } catch { return null }
  }
  const choices = () => all('.jb-for :is(option,[type=radio])')
  const lanes = () => all('[name=jb-lane]')
  const chosen = () => choices().find(c => c.checked || c.selected)
  const here = () => 'jb:view:' + location.pathname

  const own = () => store('localStorage', 'jb:hide') || '' // lanes that the reader hides on all journeys
  const hidden = () => lanes().filter(l => !l.checked).map(l => l.value).join(',')
  const viewed = query => ['for', 'hide', 'view'].some(key => query.has(key))

  /* address → controls. An address with a view shows what its sender saw; it never becomes the reader's own choice.
     Material's links to places on the page drop the query, so the tab remembers it too. */
  function read() {
    const told = new URLSearchParams(location.search), sent = viewed(told)
    const query = sent ? told : new URLSearchParams(store('sessionStorage', here()) || '')
    const pick = choices().find(c => c.dataset.key && c.dataset.key === query.get('for')) || choices()[0]
    if (pick) pick.matches('option') ? pick.selected = true : pick.checked = true
    const hide = (query.get('hide') ?? (sent ? '' : own())).split(',')
    for (const lane of lanes()) lane.checked = !hide.includes(lane.value)
    if (query.get('view') === 'present') root.toggleAttribute('data-jb-present', true)
    one('[data-jb=present]').setAttribute('aria-pressed', root.hasAttribute('data-jb-present'))
    apply()
  }
  /* controls → page: one attribute for the stylesheet, and hidden rows */
  function apply() {
    warn('')
    const page = one('.jb-canvas').closest('.jb-page'), who = chosen()
    if (who) who.value === 'all' ? delete page.dataset.who : page.dataset.who = who.value
    for (const lane of lanes()) for (const row of all(`[data-lane="${lane.value}"]`)) row.hidden = !lane.checked
    const button = one('.jb-menu>summary'), left = lanes().filter(l => !l.checked).length
    if (!button) return
    button.dataset.before ??= button.textContent
    button.lastChild.data = left ? button.dataset.some.replace('{n}', left) : button.dataset.before
  }
  /* the address of what is shown. A reader who hides lanes elsewhere sees all of them only where the address says so;
     `whole` says it for all readers. */
  function address(whole) {
    const url = new URL(location.href), query = url.searchParams
    const put = (key, text) => text ? query.set(key, text) : query.delete(key)
    put('for', chosen()?.dataset.key); put('hide', hidden()); put('view', root.hasAttribute('data-jb-present') && 'present')
    if (!query.has('hide') && (own() || whole && !viewed(query))) query.set('hide', '')
    url.search = query.toString().replaceAll('%2C', ',')
    return url
  }
  /* controls → address. Keep history.state: Material keeps the scroll position there. */
  function write() {
    apply()
    const url = address()
    if (url.href !== location.href) history.replaceState(history.state, '', url)
    store('sessionStorage', here(), url.search)
  }

  /* ---- print: the largest root font size at which head and canvas fit one A3 sheet ---- */
  const MM = 96 / 25.4, WIDTH = 402 * MM, HEIGHT = 279 * MM - 2
  function fit() {
    const sheet = one('.jb-canvas')?.closest('.md-typeset')
    if (!sheet || root.dataset.jbPrint === 'all') return
    const rules = [], top = scrollY
    for (const style of document.styleSheets) {
      try { rules.push(...[...style.cssRules].filter(rule => rule.media?.mediaText === 'print')) } catch { /* not ours */ }
    }
    for (const rule of rules) rule.media.mediaText = 'all'
    let small = 5, large = 22
    for (let round = 0; round < 9; round++) {
      const size = (small + large) / 2
      root.style.setProperty('--jb-rem', size + 'px')
      sheet.scrollHeight <= HEIGHT && sheet.scrollWidth <= WIDTH + 1 ? small = size : large = size
    }
    for (const rule of rules) rule.media.mediaText = 'print'
    small *= .985 // paper breaks lines a little differently from the window
    root.style.setProperty('--jb-rem', small.toFixed(2) + 'px')
    scrollTo(0, top)
    return small * .65 * .75 // the canvas's text in points
  }
  /* Text below 6 points is said before, not after, the paper is spent; a second press prints all the same. */
  function print_() {
    const points = fit()
    if (!(points < 6) || one('[data-jb=small]').textContent) return print()
    const shown = points.toLocaleString(root.lang || [], { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    warn(one('[data-jb=print]').dataset.jbSmall.replace('%(points)s', shown))
  }
  const warn = words => {
    const button = one('[data-jb=print] span')
    if (!button) return
    button.dataset.before ??= button.textContent
    button.textContent = words ? button.parentElement.dataset.jbElse : button.dataset.before
    one('[data-jb=small]').textContent = words
  }
  const say = words => { const status = one('[data-jb=say]'); if (status) status.textContent = words }

  /* ---- present: full screen on <html>, so that it outlives a navigation ---- */
  const heads = () => all('.jb-scroll .jb-stages th')
  function spotlight(stage) {
    const table = one('.jb-scroll .jb-table'); if (!table) return
    spot = Math.max(-1, Math.min(heads().length - 1, stage))
    for (const row of table.rows) for (const cell of row.cells) {
      if (cell.colSpan === 1) cell.classList.toggle('jb-dim', spot >= 0 && cell.cellIndex > 0 && cell.cellIndex !== spot + 1)
    }
    if (spot >= 0) heads()[spot].scrollIntoView({ inline: 'center', block: 'nearest' })
  }
  function present(on) {
    root.toggleAttribute('data-jb-present', on)
    one('[data-jb=present]')?.setAttribute('aria-pressed', on)
    spotlight(-1)
    if (one('.jb-canvas')) write()
    if (on) root.requestFullscreen?.().catch(() => { /* the browser may refuse; the view still changes */ })
    else if (document.fullscreenElement) document.exitFullscreen()
  }

  /* ---- stage heads cannot stick to the window from inside a sideways scroller: a copy does, in step ---- */
  function mirror(scroller, on) {
    const table = one('.jb-table', scroller), copy = table.cloneNode(false), shell = document.createElement('div')
    const head = table.tHead.cloneNode(false)
    shell.className = 'jb-mirror'; shell.setAttribute('aria-hidden', 'true'); copy.setAttribute('role', 'presentation')
    head.append(one('.jb-stages', table).cloneNode(true))
    copy.append(one('colgroup', table).cloneNode(true), head)
    for (const marked of all('[id]', copy)) marked.removeAttribute('id')
    for (const link of all('a', copy)) link.tabIndex = -1
    all('.jb-mirror').forEach(old => old.remove())
    shell.append(copy); scroller.before(shell)
    on(scroller, 'scroll', () => copy.style.setProperty('--jb-x', scroller.scrollLeft + 'px'))
    const stuck = () => { // by position, not by observer: a jump past the heads fires no observer
      const top = parseFloat(getComputedStyle(shell).top) || 48
      shell.classList.toggle('on', table.tHead.getBoundingClientRect().bottom < top + 40 && scroller.getBoundingClientRect().bottom > top + 120)
    }
    on(window, 'scroll', stuck); on(window, 'resize', stuck)
    requestAnimationFrame(stuck) // asked now, the whole page would be styled once more than it is
  }

  /* ---- phones: the rail moves the columns, not the page ---- */
  function rail(scroller, on) {
    const links = all('.jb-rail a')
    for (const link of links) on(link, 'click', event => {
      if (getComputedStyle(one('.jb-rail')).display === 'none') return
      event.preventDefault(); event.stopPropagation()
      const head = document.getElementById(decodeURIComponent(link.hash.slice(1)))
      const shift = head.getBoundingClientRect().left - scroller.getBoundingClientRect().left
      scroller.scrollBy({ left: shift - parseFloat(getComputedStyle(scroller).scrollPaddingInlineStart || 0), behavior: calm() })
    })
    const watch = new IntersectionObserver(seen => {
      for (const { target } of seen.filter(s => s.isIntersecting)) for (const link of links) {
        link.hash === '#' + target.id ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current')
      }
    }, { root: scroller, threshold: .6 })
    heads().forEach(head => watch.observe(head))
    mounted.signal.addEventListener('abort', () => watch.disconnect())
  }

  function canvas(on) {
    const scroller = one('.jb-scroll'), menu = one('.jb-menu')
    const plain = !location.search
    read(); if (!plain || chosen()?.dataset.key || lanes().some(l => !l.checked)) write()
    for (const control of all('.jb-for')) on(control, 'change', write)
    const elsewhere = () => own().split(',').filter(key => key && !lanes().some(lane => lane.value === key))
    for (const lane of lanes()) on(lane, 'change', () => { // by hand, so it holds for all journeys
      store('localStorage', 'jb:hide', [...elsewhere(), hidden()].filter(Boolean).join(',')); write()
    })
    mirror(scroller, on); rail(scroller, on)
    on(document, 'keydown', event => {
      if (event.key === 'Escape' && menu.open) { menu.open = false; return one('summary', menu).focus() }
      const at = event.target
      if (!root.hasAttribute('data-jb-present') || at.matches?.('input:not([type=radio],[type=checkbox]),textarea')) return
      /* a switch that was just used keeps the keys that work it; what a clicker sends is for the stages all the same */
      const keys = { PageDown: 1, PageUp: -1, ...!at.matches?.('input,select') && { ArrowRight: 1, ArrowLeft: -1, 0: 0, Home: 0 } }
      const step = keys[event.key]
      if (step) { event.preventDefault(); spotlight(spot + step) }
      if (step === 0) spotlight(-1)
      if (event.key === 'Escape') present(false)
    })
    on(document, 'click', event => { if (menu.open && !menu.contains(event.target)) menu.open = false })
    on(document, 'fullscreenchange', () => { if (!document.fullscreenElement) present(false) })
    on(one('[data-jb=print]'), 'click', print_)
    on(one('[data-jb=present]'), 'click', () => present(!root.hasAttribute('data-jb-present')))
    on(one('[data-jb=copy]'), 'click', async event => {
      const label = one('span', event.currentTarget), before = label.textContent, said = event.currentTarget.dataset
      let words = said.jbDone
      try { await navigator.clipboard.writeText(address(true).href) } catch { words = said.jbElse }
      label.textContent = words; say(words)
      setTimeout(() => { label.textContent = before }, 1600)
    })
  }

  function mount() {
    mounted?.abort(); mounted = new AbortController()
    const on = (target, type, act) => target?.addEventListener(type, act, { signal: mounted.signal, passive: type === 'scroll' })
    if (one('.jb-canvas')) canvas(on)
    else { root.removeAttribute('data-jb-present'); on(one('[data-jb=print]'), 'click', () => print()) }
    /* a scroll region is a stop for the keyboard only while it scrolls; one far away is not laid out to ask */
    const near = new IntersectionObserver(seen => { // all is measured before anything changes
      const wide = seen.filter(s => s.isIntersecting).map(({ target }) => [target, target.scrollWidth > target.clientWidth + 1])
      for (const [region, scrolls] of wide) scrolls ? region.tabIndex = 0 : region.removeAttribute('tabindex')
    }, { rootMargin: '100% 0px' })
    const stops = () => { near.disconnect(); all('.jb-scroll,.jb-tw').forEach(region => near.observe(region)) }
    mounted.signal.addEventListener('abort', () => near.disconnect())
    stops(); on(window, 'resize', stops)
  }

  addEventListener('beforeprint', fit)
  window.document$ ? document$.subscribe(mount) : mount()
  /* put the view back into the address after a jump on the page or back and forward */
  let path = location.pathname
  const moved = () => { if (one('.jb-canvas') && location.pathname === path) { read(); write() } path = location.pathname }
  window.location$ ? location$.subscribe(() => queueMicrotask(moved)) : addEventListener('popstate', moved)
})()
