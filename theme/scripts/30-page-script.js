/* A page with a script of its own names it; every visit runs it anew. */
{
  const fetchScript = () => {
    const place = document.querySelector('[data-jb-script]')
    if (place) place.append(Object.assign(document.createElement('script'), { src: place.dataset.jbScript }))
  }
  window.document$ ? document$.subscribe(fetchScript) : fetchScript()
}
