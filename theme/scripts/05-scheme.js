/* Light or dark, from the theme's own controls, which main.html keeps from the theme's own script: while a page loads
   that has all of it styled three times over, even where nothing changes, a quarter of what keeps a phone busy. What
   is stored is the theme's, whose frame knows it before anything is painted. Lives as long as the tab: instant
   navigation keeps the header. */
(() => {
  const form = document.querySelector('[data-jb=scheme]'); if (!form) return
  const inputs = [...form.elements], body = document.body, light = matchMedia('(prefers-color-scheme:light)')
  const MARK = 'data-md-color-', AUTO = '(prefers-color-scheme)'
  const said = (input, key) => input.getAttribute(MARK + key)
  let chosen // index

  function choose(index) {
    chosen = Math.max(0, Math.min(index, inputs.length - 1))
    const input = inputs[chosen], media = said(input, 'media')
    const like = media === AUTO && inputs.find(i => said(i, 'media') === `(prefers-color-scheme: ${light.matches ? 'light' : 'dark'})`)
    const color = { media }
    for (const key of ['scheme', 'primary', 'accent']) color[key] = said(like || input, key)
    const news = Object.entries(color).filter(([key, value]) => said(body, key) !== value)
    const seen = news.some(([key]) => key !== 'media')
    if (seen) body.setAttribute(MARK + 'switching', '') // nothing fades
    for (const [key, value] of news) body.setAttribute(MARK + key, value)
    for (const other of inputs) if (other.nextElementSibling?.matches('label')) other.nextElementSibling.hidden = other !== input
    __md_set('__palette', { index: chosen, color })
    requestAnimationFrame(() => { tell(); if (seen) body.removeAttribute(MARK + 'switching') })
  }
  /* the browser's own parts: bars, scrollbars */
  function tell() {
    const look = getComputedStyle(document.querySelector('.md-header')), [r, g, b] = look.backgroundColor.match(/\d+/g) || []
    if (b) meta('theme-color', '', '#' + [r, g, b].map(n => (+n).toString(16).padStart(2, '0')).join(''))
    meta('color-scheme', 'light', look.colorScheme === 'dark' ? 'dark' : 'light')
  }
  function meta(name, before, content) { // none that says what is so anyway: the page would be styled anew
    let known = document.head.querySelector(`meta[name=${name}]`)
    if ((known?.content ?? before) === content) return
    if (!known) { known = document.createElement('meta'); known.name = name; document.head.append(known) }
    known.content = content
  }
  const start = () => choose(__md_get('__palette')?.index ?? inputs.findIndex(i => matchMedia(said(i, 'media')).matches))
  form.addEventListener('change', event => choose(inputs.indexOf(event.target)))
  form.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const next = inputs[(chosen + 1) % inputs.length]
    next.click(); next.focus()
  })
  light.addEventListener('change', start)
  start()
})()
