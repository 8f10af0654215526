/* The operations that the page carries, one object a row. */

const operations = (() => {
  const names = data.operations;
  let before = 0;
  return names.rows.map(([index, process, name, key, argument, result, kind, error, nodes, redirects, wait, took]) => {
    const start = before + wait;
    before = start;
    return {
      index, process, redirects, start, name: names.functions[name], key: names.keys[key], slot: names.slots[key],
      argument: names.values[argument], result: names.values[result], outcome: OUTCOMES[kind],
      error: names.errors[error], nodes: names.nodes[nodes], end: took < 0 ? null : start + took,
    };
  });
})();

const byIndex = new Map(operations.map((o) => [o.index, o]));

/* What it did, as short as it can be said. */
function gist(o) {
  const asked = o.argument === '' ? o.name : o.name + ' ' + o.argument;
  return o.outcome === 'ok' && o.result !== '' ? asked + ' → ' + o.result : asked;
}

function duration(o) {
  return o.end === null ? 'never ended' : span(o.end - o.start);
}

function operationRow(o) {
  const tr = row(
    number(count(o.index)), number(at(o.start)), number(duration(o)), number(o.process),
    cell(el('span', { class: 'mono' }, visible(o.name))), cell(value(shorten(o.key, 60))), number(o.slot === null ? '' : o.slot),
    cell(value(shorten(o.argument, 40))), cell(o.outcome === 'ok' ? value(shorten(o.result, 40)) : ''),
    cell(outcome(o.outcome), o.error ? ' ' + visible(o.error) : ''), cell(visible(o.nodes)));
  tr.classList.add('pick');
  tr.tabIndex = 0;
  tr.setAttribute('aria-label', 'Operation ' + o.index + ', open');
  tr.addEventListener('click', () => inspect(o));
  tr.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      inspect(o);
    }
  });
  return tr;
}

const OPERATION_HEADINGS = [
  { text: 'Index', number: true }, { text: 'Start', number: true }, { text: 'Took', number: true }, { text: 'Process', number: true },
  'Function', 'Key', { text: 'Slot', number: true }, 'Argument', 'Result', 'Outcome', 'Answered by'];

function operationTable(list) {
  return table(OPERATION_HEADINGS, list.map(operationRow));
}

/* Everything about one operation, in a dialog. */
function inspect(o) {
  const pairs = [
    ['Asked', gist({ ...o, outcome: '' })],
    ['Key', o.key],
    ['Slot', o.slot === null ? '' : String(o.slot)],
    ['Process', String(o.process)],
    ['Invoked', at(o.start)],
    ['Completed', o.end === null ? 'never' : at(o.end) + ', after ' + duration(o)],
    ['Result', o.outcome === 'ok' ? o.result || 'nil' : ''],
    ['Error', o.error],
    [o.outcome === 'info' ? 'May have reached' : 'Answered by', o.nodes || 'nobody'],
    ['Redirections', String(o.redirects)],
  ];
  const related = data.findings.filter((f) => f.operations.includes(o.index) || (f.partial && f.partial.order.includes(o.index)));
  const dialog = el('dialog', { 'aria-label': 'Operation ' + o.index, onclose: () => dialog.remove(), onclick: (event) => { if (event.target === dialog) dialog.close(); } },
    el('header', null, el('h3', null, 'Operation ' + count(o.index)), outcome(o.outcome), el('button', { type: 'button', onclick: () => dialog.close() }, 'Close')),
    el('div', { class: 'inside' },
      el('dl', { class: 'facts' }, pairs.filter(([, text]) => text !== '').map(([name, text]) => [el('dt', null, name), el('dd', null, value(text))])),
      o.outcome === 'info' ? el('p', { class: 'hint' }, 'Nobody knows whether it happened: it may have, and may still at any later time.') : null,
      related.map((f) => el('p', null, badge(f.severity.toLowerCase(), f.severity.toLowerCase()), ' ', el('a', { href: '#finding-' + f.number, onclick: () => { dialog.close(); openFinding(f.number); } }, visible(f.summary)))),
      related.map((f) => partialOrder(f, o)),
      el('div', null, el('button', { type: 'button', onclick: () => { dialog.close(); showTime(o.start, o.end === null ? o.start : o.end); } }, 'Show in the timeline'))));
  document.body.append(dialog);
  dialog.showModal();
}

function showTime(from, to) {
  const around = Math.max((to - from) * 0.5, 1e9);
  zoomTo(ms(from - around), ms(to + around));
  document.getElementById('timeline').scrollIntoView();
}
