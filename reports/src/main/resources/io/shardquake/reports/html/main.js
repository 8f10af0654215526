/* Puts the page together. */

function bar(sections) {
  const other = el('button', { type: 'button', class: 'quiet', onclick: () => theme.toggle() }, 'Light or dark');
  return el('div', { class: 'bar' }, el('div', { class: 'wrap' },
    el('span', { class: 'brand' },
      svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: 'M2 13h4l2.5-8 4 15 3-10 1.8 3H22', fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' })),
      'Shardquake'),
    badge(data.verdict.validity, data.verdict.validity.toLowerCase()),
    el('nav', { 'aria-label': 'Parts of the report' }, sections.map((s) => el('a', { href: '#' + s.id }, s.querySelector('h2').textContent.split(':')[0]))),
    other));
}

function build() {
  view.whole = Math.max(ms(data.run.durationNanos), ms(data.totals.lastNanos), 1);
  view.from = 0;
  view.to = view.whole;
  theme.start();
  const sections = [findings(), timeline(), checkers(), faultTable(), slotMap(), statistics(), explorer()].filter(Boolean);
  document.getElementById('report').replaceWith(
    bar(sections),
    el('main', { id: 'content' },
      banner(),
      el('div', { class: 'wrap' }, tiles(), notices(), sections)),
    el('footer', null, el('div', { class: 'wrap' },
      'Written by Shardquake. This page holds everything it shows and asks no network for anything. Charts by Apache ECharts.')));
  if (/^#finding-\d+$/.test(location.hash)) {
    openFinding(location.hash.slice('#finding-'.length));
  }
  document.documentElement.dataset.ready = 'true';
}

build();
