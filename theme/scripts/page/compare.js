/* Any two journeys or personas side by side, from published data. Aligns and marks as model/alignment.py and
   views/compare.py do; a test holds the two together. Only its own page asks for it, anew on each visit
   (30-page-script.js). */
(() => {
  const one = (selector, root = document) => root.querySelector(selector)
  const form = one('form[data-jb=compare]')
  if (!form) return // the reader went on before this script arrived
  const words = JSON.parse(form.dataset.words)
  const kept = new Map() // address → data: going back asks for nothing twice
  let sides, who

  const node = (name, ...inside) => { // "td.a.b", attributes in an object, then children
    const [tag, ...classes] = name.split('.'), made = document.createElement(tag)
    if (classes.length) made.className = classes.join(' ')
    for (const part of inside.flat(9)) {
      if (part?.constructor === Object) for (const key in part) made.setAttribute(key, part[key])
      else if (part || part === 0) made.append(part)
    }
    return made
  }
  const bdi = text => node('bdi', text)
  const tag = key => key && [' ', one(`[data-key="${key}"]`, one('[data-jb=tags]').content).firstElementChild.cloneNode(true)]
  const none = text => node('span.jb-none', text)
  const letter = side => node('span.jb-av.a-p' + side, 'AB'[side])
  const badge = side => [letter(side), node('span.jb-vh', ': ')]
  const link = (to, text) => node('a', { href: form.dataset.root + to }, text)

  /* ---- the same stage on both sides: by id, title, the atlas's name ---- */
  function align(a, b) {
    const pairs = new Map(), back = new Map()
    for (const kind of [0, 1, 2]) a.forEach((mine, i) => {
      const j = pairs.has(i) || !mine.names[kind] ? -1 : b.findIndex((other, j) => !back.has(j) && other.names[kind] === mine.names[kind])
      if (j >= 0) { pairs.set(i, j); back.set(j, i) }
    })
    const order = [...pairs].sort(([i], [j]) => i - j), before = [], behind = []
    order.forEach(([, j], k) => { before[k] = 1 + Math.max(0, ...before.filter((_, l) => order[l][1] < j)) })
    for (let k = order.length; k--;) behind[k] = 1 + Math.max(0, ...behind.filter((_, l) => l > k && order[l][1] > order[k][1]))
    const longest = Math.max(0, ...before), on = before.filter((rank, k) => rank + behind[k] - 1 === longest)
    const still = new Set(order.filter((_, k) => before[k] + behind[k] - 1 === longest && on.filter(rank => rank === before[k]).length === 1).map(([i]) => i))
    const rows = a.map((mine, i) => ({ both: [mine, b[pairs.get(i)]], moved: pairs.has(i) && !still.has(i) }))
    const first = b.findIndex((_, j) => back.has(j))
    let after = first < 0 ? rows.length : rows.findIndex(row => row.both[1] === b[first])
    b.forEach((other, j) => {
      if (back.has(j)) after = rows.findIndex(row => row.both[1] === other) + 1
      else rows.splice(after++, 0, { both: [undefined, other] })
    })
    return rows
  }

  /* ---- what differs ---- */
  const score = (stage, whose) => stage?.scores[whose]
  const change = ([a, b]) => a && b && a.shown !== b.shown && (inTime() ? ['worse', 'better'] : ['lower', 'higher'])[+(b.score > a.score)]
  const inTime = () => sides[0].state === 'current' && sides[1].state === 'future'
  const states = () => sides[0].state !== sides[1].state
  const only = side => 'only-' + (states() ? sides[side].state : 'ab'[side])
  const items = (lanes, key, side) => (lanes?.[key] || []).filter(item => !who[side] || !item.personas || item.personas.includes(who[side]))
  const ident = item => item.id || item.text
  function without(mine, yours) { // each equal counts once
    const left = [...yours]
    return mine.filter(item => {
      const at = left.findIndex(other => ident(other) === ident(item) && (other.note || '') === (item.note || ''))
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
  }
  const marks = (mine, yours, key, word, alone) => mine.map(item => ({ ...item,
    how: alone || words.single.includes(key) ? '' : yours.some(other => ident(other) === ident(item)) ? 'changed'
      : inTime() ? (key === 'pains' ? 'pain-' : '') + word : 'here' }))
  const cell = found => node('td', found.length ? node('ul.jb-l', found.map(item =>
    node('li', bdi(item.text), item.note && [' ', node('span.jb-quiet', bdi(item.note))], tag(item.how)))) : none(words.nothing))
  const row = (label, same, a, b, how, sub) => node('tr', node('th', { scope: 'row' }, bdi(label), sub && node('span.jb-sub', sub), same > 0 && node('span.jb-sub', words.both + ' ' + same), tag(how)), cell(a), cell(b))
  function rows(a, b, alone) {
    return Object.keys(words.labels).flatMap(key => {
      const mine = items(a, key, 0), yours = items(b, key, 1)
      const left = without(mine, yours), right = without(yours, mine)
      return left.length || right.length ? row(words.labels[key], mine.length - left.length,
        marks(left, right, key, 'gone', alone), marks(right, left, key, 'new', alone)) : []
    })
  }
  function felt(both) {
    const people = who.some(Boolean) ? [] : [...new Map(sides.flatMap(side => side.personas.map(p => [p.id, p.name])))]
    const lines = people.length ? people.map(([id, name]) => [[id, id], name]) : [[who, words.labels.emotion]]
    return lines.flatMap(([whose, label]) => {
      const pair = both.map((stage, side) => score(stage, whose[side]))
      const [a, b] = pair.map(at => at && [at.shown, at.word].join())
      const shown = pair.map((at, side) => !both[side] ? [] : [{ text: at ? at.shown : words.unrated, note: at?.word }])
      return a === b ? [] : row(label, 0, ...shown, change(pair), people.length ? words.labels.emotion : '')
    })
  }

  /* ---- both curves: monotone cubic, broken where nobody is rated; drawn whole and cut out by each cell ---- */
  function curve(heights) {
    const steep = heights.map((y, i) => {
      const left = y - heights[i - 1], right = heights[i + 1] - y // NaN beside a gap: level there
      return left * right > 0 ? 2 * left * right / (left + right) : 0
    })
    return heights.map((y, i) => {
      if (y === undefined) return ''
      const x = 100 * i + 50, next = heights[i + 1]
      const start = heights[i - 1] !== undefined ? '' : `M${i ? x - 22 : 0} ${y}H${x}`
      return start + (next === undefined ? `H${i === heights.length - 1 ? x + 50 : x + 22}`
        : `C${x + 33.3} ${y + steep[i] / 3} ${x + 66.7} ${next - steep[i + 1] / 3} ${x + 100} ${next}`)
    }).join('')
  }
  function plot(found) {
    const low = Math.min(...sides.map(s => s.scale[0])), high = Math.max(...sides.map(s => s.scale[1]))
    const height = at => at && 92 - 84 * Math.min(1, Math.max(0, high > low ? (at.score - low) / (high - low) : .5))
    const lines = [0, 1].map(side => found.map(({ both }) => height(score(both[side], who[side]))))
    const paths = lines.map(curve)
    const place = y => 'y' + Math.round(y / 2) * 2
    const draw = at => {
      const box = node('div')
      box.innerHTML = `<svg viewBox="${at * 100} 0 100 100" preserveAspectRatio="none"><path class="mid" d="M${at * 100} 50h100"/>${paths.map((d, side) => `<path class="st l-p${side}" d="${d}"/>`).join('')}</svg>`
      const [a, b] = lines.map(line => line[at])
      const near = a !== undefined && b !== undefined && Math.abs(a - b) < 9
      return [box.firstChild, near ? node('span.dots.' + place(Math.min(a, b)), letter(0), letter(1))
        : [[a, 0], [b, 1]].filter(([y]) => y !== undefined).sort(([y], [z]) => y - z).map(([y, side]) => node('span.dots.' + place(y), letter(side)))]
    }
    const marks = [high, (high + low) / 2, low].map((mark, k) => node('span.' + place([8, 50, 92][k]), (low < 0 && mark > 0 ? '+' : '') + mark.toLocaleString(document.documentElement.lang || []).replace('-', '−')))
    return node('tr', { 'aria-hidden': true }, node('td.jb-keys', node('span.jb-scale', marks)),
      found.map((_, at) => node('td', node('div.jb-emo', node('div.plot', draw(at))))))
  }

  /* ---- the whole view ---- */
  const person = side => sides[side].personas.find(p => p.id === who[side])?.name
  const name = side => states() ? words.states[sides[side].state] : person(side) || sides[side].title
  const title = ({ both }) => [...new Set(both.filter(Boolean).map(stage => stage.title))].join(' → ')
  const mark = ({ both: [a, b], moved }) => !b ? only(0) : !a ? only(1) : moved && 'moved'
  const pair = ({ both }) => both.map((stage, side) => score(stage, who[side]))
  function head(side) {
    const s = sides[side]
    return node('li.jb-jc', node('p.t', badge(side), link(s.url, bdi(s.title))), node('p.f', person(side) && node('b', bdi(person(side))),
      node('span', words.states[s.state]), tag('status-' + s.status), s.owner && link(s.owner.url, bdi(s.owner.name))))
  }
  function numbers() {
    const found = sides.map((s, side) => {
      const pains = s.stages.flatMap(stage => items(stage.lanes, 'pains', side)), line = s.overall[who[side]]
      return { stages: s.stages.length, average: line?.average ?? '–', lowest: line?.lowest ?? '–', pains: pains.length, severe: pains.filter(p => p.level === 3).length }
    })
    return node('dl.jb-facts.jb-nums.jb-wide', Object.entries(words.numbers).map(([key, label]) => node('div', node('dt', label), node('dd', `${found[0][key]} → ${found[1][key]}`))))
  }
  function curves(found) {
    const heads = found.map(r => node('th', { scope: 'col' }, bdi(title(r)), mark(r) && node('span.jb-sub', tag(mark(r))[1].textContent)))
    const values = side => node('tr', node('th', { scope: 'row' }, badge(side), bdi(name(side))), found.map(r => {
      const at = pair(r)[side]
      return node('td', !r.both[side] ? none(words.absent) : at ? [node('b', at.shown), ' ', bdi(at.word || '')] : node('span.jb-quiet', words.unrated))
    }))
    const changes = found.map(r => node('td', change(pair(r)) ? [node('b', pair(r).map(at => at.shown).join(' → ')), tag(change(pair(r)))] : none(words.still)))
    return node('table.jb-tbl.jb-curves', node('thead', node('tr', node('td', node('span.jb-vh', words.side)), heads)),
      node('tbody', plot(found), values(0), values(1), node('tr', node('th', { scope: 'row' }, words.change), changes)))
  }
  function differences(found) {
    const body = (first, inside) => node('tbody', node('tr.st', node('td', { colspan: 3 }, first)),
      inside.length ? inside : node('tr', node('td.jb-quiet', { colspan: 3 }, words.same)))
    return node('table.jb-tbl.jb-diff', { 'aria-labelledby': 'differences' }, node('thead', node('tr', node('th', { scope: 'col' }, words.what), [0, 1].map(side => node('th', { scope: 'col' }, badge(side), bdi(name(side)))))),
      body(node('h3', { id: 'whole' }, words.whole), rows(sides[0].lanes, sides[1].lanes)),
      found.map((r, k) => body([node('h3', { id: 'row-' + (k + 1), dir: 'auto' }, title(r)), tag(mark(r)), r.both.map((stage, side) => stage &&
        link(`${sides[side].url}#stage-${stage.id}`, words.stage[side].replace('{}', stage.number)))],
      [...felt(r.both), ...rows(r.both[0]?.lanes, r.both[1]?.lanes, !(r.both[0] && r.both[1]))])))
  }

  /* ---- choosing: the address says what is compared ---- */
  const field = key => form.elements[key]
  async function record(key) {
    const src = field(key).selectedOptions[0].dataset.src
    if (!kept.has(src)) kept.set(src, (await fetch(src)).json())
    return kept.get(src)
  }
  function say(text, quietly = false) {
    const status = one('[data-jb=compared-say]')
    status.textContent = text; status.classList.toggle('jb-vh', quietly)
  }
  async function show() {
    const into = one('[data-jb=compared]'), asked = ['a', 'b'].map(key => field(key).value)
    const query = new URLSearchParams(location.search), wanted = (query.get('who') || '').split(',')
    if (asked.includes('')) { into.replaceChildren(); return say(words.choose) }
    try {
      const found = await Promise.all(['a', 'b'].map(record))
      if (!form.isConnected || asked.join() !== ['a', 'b'].map(key => field(key).value).join()) return
      sides = found
    } catch { into.replaceChildren(); return say(words.failed) }
    who = sides.map((side, k) => {
      const select = field('who-' + 'ab'[k]), known = side.personas.find(p => p.id === wanted[k])?.id || ''
      select.replaceChildren(new Option(select.options[0].text, ''), ...side.personas.map(p => new Option(p.name, p.id)))
      select.value = known
      return known
    })
    const rowsOf = align(sides[0].stages, sides[1].stages)
    into.replaceChildren(node('ul.jb-cards.jb-sides', head(0), head(1)), numbers(),
      node('h2', { id: 'curves' }, words.curves),
      node('div.jb-tw', { role: 'region', tabindex: 0, 'aria-labelledby': 'curves' }, curves(rowsOf)), node('h2', { id: 'differences' }, words.differs), differences(rowsOf))
    dispatchEvent(new Event('resize')) // regions that scroll become stops for the keyboard
    const called = side => [sides[side].title, person(side)].filter(Boolean).join(', ')
    say(words.shown.replace('{a}', () => called(0)).replace('{b}', () => called(1)), true)
  }
  function read() { // address → controls
    const query = new URLSearchParams(location.search)
    for (const key of ['a', 'b']) {
      field(key).value = query.get(key) || ''
      if (field(key).selectedIndex < 0) field(key).value = ''
    }
    show()
  }
  function write() { // controls → address; a step in the history, so that "back" leads to what was compared before
    const url = new URL(location.href), query = url.searchParams
    for (const key of ['a', 'b']) field(key).value ? query.set(key, field(key).value) : query.delete(key)
    const whose = ['a', 'b'].map(key => field('who-' + key).value).join()
    whose === ',' ? query.delete('who') : query.set('who', whose)
    url.search = query.toString().replaceAll('%2C', ',')
    if (url.href !== location.href) history.pushState(null, '', url)
    show()
  }
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('change', write)
  const gone = new AbortController()
  addEventListener('popstate', () => setTimeout(() => form.isConnected ? read() : gone.abort()), { signal: gone.signal })
  read()
})()
