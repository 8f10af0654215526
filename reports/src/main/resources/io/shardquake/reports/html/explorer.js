/* The operations that the page carries, filtered. */

const PAGE = 100;

function slotFilter(text) {
  const range = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text);
  if (!range) return null;
  const first = Number(range[1]);
  return [first, range[2] === undefined ? first : Number(range[2])];
}

function explorer() {
  if (operations.length === 0) {
    return null;
  }
  let matches = operations;
  let first = 0;
  const options = (label, list) => el('select', null, el('option', { value: '' }, label), list.map((x) => el('option', { value: x }, shorten(x, 40))));
  const fields = {
    key: el('input', { type: 'search', placeholder: 'part of it' }),
    slot: el('input', { type: 'text', inputmode: 'numeric', placeholder: '42 or 0-5460' }),
    node: options('any', [...new Set(operations.flatMap((o) => o.nodes.split(', ')))].filter(Boolean).sort()),
    process: el('input', { type: 'number', min: 0, placeholder: 'any' }),
    name: options('any', data.operations.functions),
    outcome: options('any', OUTCOMES),
    error: options('any', data.operations.errors.filter(Boolean)),
    from: el('input', { type: 'number', min: 0, step: 'any', placeholder: '0' }),
    to: el('input', { type: 'number', min: 0, step: 'any', placeholder: 'end' }),
  };
  const labels = { key: 'Key', slot: 'Slot', node: 'Node', process: 'Client process', name: 'Function', outcome: 'Outcome', error: 'Error', from: 'From second', to: 'To second' };
  const list = el('div', null);
  const status = el('span', { role: 'status' });
  const back = el('button', { type: 'button', onclick: () => show(first - PAGE) }, 'Back');
  const on = el('button', { type: 'button', onclick: () => show(first + PAGE) }, 'On');

  function show(start) {
    first = Math.max(0, Math.min(start, Math.floor(Math.max(matches.length - 1, 0) / PAGE) * PAGE));
    const page = matches.slice(first, first + PAGE);
    list.replaceChildren(page.length ? operationTable(page) : el('p', { class: 'empty' }, 'No operation is like that.'));
    status.textContent = matches.length ? `${count(first + 1)}–${count(first + page.length)} of ${count(matches.length)}` : '';
    back.disabled = first === 0;
    on.disabled = first + PAGE >= matches.length;
  }

  function filter() {
    const slots = slotFilter(fields.slot.value);
    const wanted = (field, text) => fields[field].value === '' || fields[field].value === text;
    const from = fields.from.value === '' ? -Infinity : Number(fields.from.value) * 1e9;
    const to = fields.to.value === '' ? Infinity : Number(fields.to.value) * 1e9;
    matches = operations.filter((o) => wanted('name', o.name) && wanted('outcome', o.outcome) && wanted('error', o.error)
      && wanted('process', String(o.process)) && (fields.node.value === '' || o.nodes.split(', ').includes(fields.node.value))
      && (!slots || (o.slot !== null && o.slot >= slots[0] && o.slot <= slots[1]))
      && (fields.key.value === '' || o.key.includes(fields.key.value) || visible(o.key).includes(fields.key.value))
      && o.start <= to && (o.end === null ? Infinity : o.end) >= from);
    show(0);
  }

  Object.values(fields).forEach((field) => field.addEventListener(field.tagName === 'SELECT' ? 'change' : 'input', filter));
  show(0);
  const all = data.operations.total;
  return part('operations', 'Operations', operations.length === all ? many(all, 'operation') : `${count(operations.length)} of ${count(all)} operations`, [],
    el('div', { class: 'card' },
      el('div', { class: 'filters' }, Object.entries(fields).map(([name, field]) => el('label', null, labels[name], field))),
      list, el('div', { class: 'pager' }, back, on, status)));
}
