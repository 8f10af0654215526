/* What the checkers saw, each with its proof. */

const SEVERITIES = ['VIOLATION', 'HAZARD', 'NOTE'];

function findingTime(f) {
  if (f.from === null) return '';
  return f.to === null || f.to === f.from ? at(f.from) : at(f.from) + ' – ' + at(f.to);
}

function proofOf(f) {
  const proof = f.operations.map((i) => byIndex.get(i)).filter(Boolean);
  const near = f.nearby.map((i) => byIndex.get(i)).filter(Boolean);
  if (proof.length === 0) {
    return null;
  }
  const missing = f.operationCount - proof.length;
  return [
    el('div', null,
      el('h4', null, 'Operations that prove it'),
      el('p', { class: 'hint' }, 'Bold: the proof. Thin: others on the same key. A bar with an arrow never ended, or nobody knows how. The axis is stretched where something happens.')),
    operationLanes([...new Set([...proof, ...near])], new Set(f.operations)),
    operationTable(proof),
    missing > 0 ? el('p', { class: 'hint' }, many(missing, 'more operation') + ' proving it: see verdict.json.') : null,
  ];
}

/* Where an operation stands in the longest partial linearization, and what blocks that. */
function partialOrder(f, o) {
  if (!f.partial) {
    return null;
  }
  const position = f.partial.order.indexOf(o.index);
  if (o.index === f.partial.blocked) {
    return el('div', null, el('h4', null, 'Fits nowhere'),
      el('p', { class: 'hint' }, many(f.partial.order.length, 'operation') + ' before it can be put in order; then, for each state that they may lead to:'),
      el('ul', null, f.partial.obstacles.map((text) => el('li', null, value(text)))));
  }
  if (position < 0) {
    return el('p', { class: 'hint' }, 'Not part of the longest partial linearization, which ends before operation ' + count(f.partial.blocked) + '.');
  }
  return el('div', null, el('h4', null, `Step ${position + 1} of ${f.partial.order.length} of the longest partial linearization`),
    el('ol', { start: Math.max(position - 2, 0) + 1 }, f.partial.order.slice(Math.max(position - 2, 0), position + 4).map((index) => {
      const other = byIndex.get(index);
      const text = other ? gist(other) : 'operation ' + count(index) + ', not on this page';
      return el('li', null, index === o.index ? el('strong', null, value(text)) : value(text));
    })),
    el('p', { class: 'hint' }, 'It ends before operation ' + count(f.partial.blocked) + '.'));
}

function topologyAround(f) {
  if (!f.topology || f.topology.length === 0) {
    return null;
  }
  return el('div', null, el('h4', null, 'Topology before, at and after'),
    el('div', { class: 'columns narrow' }, f.topology.map((moment) => el('div', { class: 'card' },
      el('h3', null, moment.label + ', ' + at(moment.at)),
      table(['Node', 'Role', { text: 'Epoch', number: true }, 'Slots'], moment.nodes.map((n) => row(
        cell(visible(n.name)), cell(visible(n.role)), number(n.epoch === null ? '' : n.epoch), cell(value(shorten(n.slots, 120))))))))));
}

function logAround(f) {
  if (!f.log || f.log.length === 0) {
    return null;
  }
  return el('details', null, el('summary', null, many(f.log.length, 'log line') + ' within two seconds'),
    el('pre', { class: 'log', tabindex: 0 }, f.log.map((l) => [el('span', { class: 'who' }, visible(l.node)), '  ' + visible(l.line) + '\n'])));
}

function dataOf(f) {
  return f.data.length === 0 ? null
    : el('details', null, el('summary', null, 'As data'),
      el('dl', { class: 'facts' }, f.data.map((d) => [el('dt', null, visible(d.name)), el('dd', null, value(d.text))])));
}

function findingBody(f) {
  return [
    f.explanation ? el('p', { class: 'explanation' }, prose(f.explanation)) : null,
    f.from === null ? null : el('div', null, el('button', { type: 'button', onclick: () => showTime(f.from, f.to === null ? f.from : f.to) }, 'Show in the timeline')),
    proofOf(f), topologyAround(f), logAround(f), dataOf(f),
  ].flat().filter(Boolean);
}

function findingCard(f) {
  const kind = f.severity.toLowerCase();
  const body = el('div', { class: 'body' });
  const card = el('details', { class: 'finding', id: 'finding-' + f.number, 'data-severity': kind },
    el('summary', null, badge(kind, kind),
      el('span', { class: 'title' }, visible(f.summary), el('span', { class: 'origin' }, visible(f.checker) + ' · ' + visible(f.kind))),
      el('span', { class: 'when' }, findingTime(f))),
    body);
  /* The pictures are made when they are wanted: a run may have hundreds of findings. */
  const show = () => {
    if (card.open && !body.hasChildNodes()) {
      body.append(...findingBody(f));
    }
  };
  card.addEventListener('toggle', show);
  card.fillBody = () => { if (!body.hasChildNodes()) body.append(...findingBody(f)); };
  return card;
}

function openFinding(number) {
  const card = document.getElementById('finding-' + number);
  if (card) {
    const group = card.parentElement.closest('details');
    if (group) {
      group.open = true;
    }
    card.open = true;
    card.fillBody();
    card.scrollIntoView();
    card.querySelector('summary').focus({ preventScroll: true });
  }
}

/* The worst there is; among equals the one that happened first. */
function firstError() {
  const worst = SEVERITIES.map((s) => data.findings.filter((f) => f.severity === s)).find((list) => list.length) || [];
  return worst.reduce((a, b) => ((b.from ?? Infinity) < (a.from ?? Infinity) ? b : a), worst[0]);
}

function findings() {
  const cards = data.findings.map(findingCard);
  const grave = cards.filter((c) => c.dataset.severity !== 'note');
  const notes = cards.filter((c) => c.dataset.severity === 'note');
  const tools = [];
  if (grave.length) {
    tools.push(el('button', { type: 'button', id: 'first-error', onclick: () => {
      const f = firstError();
      if (f.from !== null) {
        showTime(f.from, f.to === null ? f.from : f.to);
      }
      openFinding(f.number);
    } }, 'Jump to the first error'));
  }
  addEventListener('beforeprint', () => cards.forEach((c) => { if (c.dataset.severity === 'violation') { c.fillBody(); c.open = true; } }));
  const list = [...grave];
  if (notes.length) {
    /* What the contract allows stands behind what it does not. */
    list.push(grave.length === 0 && notes.length <= 3 ? notes
      : el('details', { class: 'notes' }, el('summary', null, many(notes.length, 'note') + ': seen, and allowed by the contract'), notes));
  }
  return part('findings', 'Findings', many(data.findingTotals.all, 'finding'), tools,
    el('div', { class: 'card' }, list.length ? list : el('p', { class: 'empty' }, 'No checker found anything to tell.')));
}
