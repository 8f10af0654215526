/* Checkers, faults, errors, figures. */

function checkers() {
  return part('checkers', 'Checkers', '', [], el('div', { class: 'card' },
    table(['Checker', 'Verdict', 'Reason', { text: 'Findings', number: true }], data.verdict.checkers.map((c) => {
      const name = cell(visible(c.name));
      name.style.paddingLeft = 0.8 + 1.2 * c.depth + 'rem';
      return row(name, cell(badge(c.validity, c.validity.toLowerCase())), cell(visible(c.reason)), number(c.findings || ''));
    }))));
}

function faultTable() {
  if (data.faults.length === 0) {
    return null;
  }
  const words = { bit: 'valid', missed: 'unknown', skipped: 'neutral', injected: 'unknown', pending: 'neutral' };
  return part('faults', 'Faults: planned and observed', '', [], el('div', { class: 'card' },
    table([{ text: '#', number: true }, 'Planned', { text: 'Due', number: true }, 'Resolved to', 'Observed', 'What happened'], data.faults.map((f) => row(
      number(f.number < 0 ? '' : f.number),
      cell(f.planned ? el('span', null, visible(f.kind), ' ', value(f.planned.where)) : visible(f.kind)),
      number(f.planned ? at(f.planned.at) : ''),
      cell(visible(f.nodes.join(', '))),
      cell(f.number < 0 ? '' : badge(FAULT_STATES[f.state], words[f.state])),
      cell(el('ul', { class: 'steps' }, f.steps.map((s) => el('li', null, el('span', { class: 'mono' }, at(s.at)), ' ' + s.phase + ': ' + visible(s.detail))))))))));
}

function errorTable() {
  const attempted = data.totals.ok + data.totals.fail + data.totals.info;
  return el('div', { class: 'card' }, el('h3', null, 'Errors'),
    data.errors.length === 0 ? el('p', { class: 'empty' }, 'No operation ended in an error.')
      : table(['Error', 'Means', { text: 'Count', number: true }, { text: 'Share', number: true }, { text: 'First', number: true }, { text: 'Last', number: true }], data.errors.map((e) => row(
        cell(value(e.error)), cell(outcome(e.outcome)), number(count(e.count)), number(percent(e.count, attempted)), number(at(e.first)), number(at(e.last))))));
}

function functionTable() {
  const quantiles = ['p50', 'p90', 'p99', 'p999', 'max'];
  const names = ['p50', 'p90', 'p99', 'p99.9', 'max'];
  const line = (name, f) => row(cell(visible(name)), number(count(f.ok)), number(count(f.fail)), number(count(f.info)), quantiles.map((q) => number(f.latency.count ? span(f.latency[q]) : '')));
  return el('div', { class: 'card wide' }, el('h3', null, 'Functions'),
    table(['Function', ...['Ok', 'Fail', 'Info', ...names].map((text) => ({ text, number: true }))],
      [...data.functions.map((f) => line(f.function, f)), data.functions.length > 1 ? line('all', data.totals) : null]));
}

function shardTable() {
  return data.unavailability.longest.length === 0 ? null : el('div', { class: 'card' }, el('h3', null, 'Longest time without an ok'),
    table(['Shard', { text: 'For', number: true }, { text: 'From', number: true }, { text: 'To', number: true }, { text: 'Attempts', number: true }], data.unavailability.longest.map((w) => row(
      cell(visible(w.shard)), number(span(w.to - w.from)), number(at(w.from)), number(w.ended ? at(w.to) : 'the end'), number(count(w.attempts))))));
}

function servedTable() {
  return data.served.length === 0 ? null : el('div', { class: 'card' }, el('h3', null, 'Answered by'),
    table(['Node', { text: 'Ok', number: true }, { text: 'Share', number: true }], data.served.map((s) => row(
      cell(visible(s.node)), number(count(s.ok)), number(percent(s.ok, data.totals.ok))))));
}

function statistics() {
  return part('statistics', 'Statistics', '', [],
    el('div', { class: 'columns' }, functionTable(), errorTable(), shardTable(), servedTable()));
}
