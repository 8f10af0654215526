/* The verdict, what it was about, how to get it again, and the key figures. */

const MARKS = {
  VALID: 'M7 16.5 13 22.5 25 9.5',
  INVALID: 'M9 9 23 23M23 9 9 23',
  UNKNOWN: 'M11.5 12a4.5 4.3 0 1 1 6.6 3.9c-1.5.9-2.1 1.6-2.1 3M16 23v.6',
};

const MEANINGS = {
  VALID: 'Everything that was checked kept the contract.',
  INVALID: 'The contract was broken. The findings below hold the proof.',
  UNKNOWN: 'Nothing is proven either way. An unknown run does not count as passed.',
};

function mark(validity) {
  return svg('svg', { class: 'mark is-' + validity.toLowerCase(), viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    svg('rect', { x: 1, y: 1, width: 30, height: 30, rx: validity === 'INVALID' ? 4 : 9, fill: 'currentColor' }),
    svg('path', { d: MARKS[validity], fill: 'none', stroke: 'var(--paper)', 'stroke-width': 3.4, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }));
}

function copyButton(text) {
  const status = el('span', { class: 'visually-hidden', role: 'status' });
  const button = el('button', { type: 'button', onclick: () => copy(text).then((done) => {
    label.textContent = done ? 'Copied' : 'Select and copy';
    status.textContent = label.textContent;
    setTimeout(() => { label.textContent = 'Copy'; }, 2000);
  }) });
  const label = el('span', null, 'Copy');
  button.append(label, status);
  return button;
}

/* A page opened from disk may not be allowed to use the clipboard: then the older way is tried. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (refused) {
    const field = el('textarea', { class: 'visually-hidden', readonly: true }, text);
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

function facts() {
  const run = data.run;
  const pairs = [
    ['Contract', run.contract],
    ['Target', run.target],
    ['Server', run.server],
    ['Seed', run.seed],
    ['Started', run.start && new Date(run.start).toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
    ['Duration', span(run.durationNanos)],
    ...run.versions.map((v) => [v.name, v.text]),
    ['Directory', run.runDirectory],
  ];
  return el('dl', { class: 'facts' }, pairs.filter(([, text]) => text).map(([name, text]) =>
    [el('dt', null, visible(name)), el('dd', null, visible(text))]));
}

function banner() {
  const validity = data.verdict.validity;
  return el('div', { class: 'banner' }, el('div', { class: 'wrap' },
    el('div', null,
      el('p', { class: 'experiment' }, visible(data.run.name)),
      el('h1', { class: 'verdict is-' + validity.toLowerCase(), id: 'verdict' }, mark(validity), el('span', { class: 'word' }, validity)),
      el('p', { class: 'reason', id: 'reason' }, visible(data.verdict.reason)),
      el('p', { class: 'meaning' }, MEANINGS[validity]),
      data.run.commandLine ? el('div', { class: 'reproduce' },
        el('h3', null, 'Run it again'),
        el('div', { class: 'command' }, el('code', null, visible(data.run.commandLine)), copyButton(data.run.commandLine))) : null),
    facts()));
}

function tile(label, figure, unit, note) {
  return el('div', { class: 'tile' },
    el('div', { class: 'label' }, label),
    el('div', { class: 'figure' }, figure, unit ? el('small', null, unit) : null),
    el('div', { class: 'note' }, note || '\u00a0'));
}

function split(nanos) {
  const [figure, ...unit] = span(nanos).split(' ');
  return unit.length === 1 ? [figure, unit[0]] : [span(nanos), ''];
}

function tiles() {
  const totals = data.totals;
  const attempted = totals.ok + totals.fail + totals.info;
  const worst = data.unavailability.longest.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a), { from: 0, to: 0, shard: '' });
  const bit = data.faults.filter((f) => f.state === 'bit').length;
  const planned = data.faults.filter((f) => f.planned).length;
  const violations = data.findings.filter((f) => f.severity === 'VIOLATION').length;
  return el('div', { class: 'tiles' },
    tile('Operations', count(attempted), '', `${percent(totals.ok, attempted)} ok, ${percent(totals.fail, attempted)} fail, ${percent(totals.info, attempted)} info`),
    tile('Throughput', rate(totals.okPerSecond), 'ok/s', totals.redirected ? many(totals.redirected, 'operation') + ' redirected' : 'no redirections'),
    tile('Latency p99', ...split(totals.latency.p99), `median ${span(totals.latency.p50)}, greatest ${span(totals.latency.max)}`),
    tile('Longest unavailable', ...(worst.to > worst.from ? split(worst.to - worst.from) : ['–', '']), worst.shard ? 'shard of ' + visible(worst.shard) : ''),
    tile('Faults that bit', String(bit), planned ? 'of ' + planned : '', data.faults.length === 0 ? 'none was planned' : ''),
    tile('Findings', count(data.findingTotals.all), '', violations || data.findingTotals.violations ? many(data.findingTotals.violations, 'violation') : 'no violation'));
}

function notices() {
  return data.notices.length === 0 ? null
    : el('ul', { class: 'notices', 'aria-label': 'What this page leaves out' }, data.notices.map((n) => el('li', null, visible(n))));
}
