/* Figures as people read them. Times are nanoseconds since the start of the run. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function count(n) {
  return grouped.format(n);
}

function many(n, one, more) {
  return count(n) + ' ' + (n === 1 ? one : more || one + 's');
}

function digits(x) {
  const size = Math.abs(x);
  return x.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

/* How long something took. */
function span(nanos) {
  if (nanos < 1e3) return Math.round(nanos) + ' ns';
  if (nanos < 1e6) return digits(nanos / 1e3) + ' µs';
  if (nanos < 1e9) return digits(nanos / 1e6) + ' ms';
  if (nanos < 120e9) return digits(nanos / 1e9) + ' s';
  const minutes = Math.floor(nanos / 60e9);
  const rest = Math.round((nanos - minutes * 60e9) / 1e9);
  return minutes < 120
    ? minutes + ' min ' + rest + ' s'
    : Math.floor(minutes / 60) + ' h ' + (minutes % 60) + ' min';
}

/* A position in the run. */
function at(nanos) {
  return (nanos / 1e9).toFixed(3) + ' s';
}

function axisTime(millis, step) {
  const places = step >= 1000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  return (millis / 1000).toFixed(places) + ' s';
}

function rate(perSecond) {
  return perSecond >= 1000 ? count(perSecond) : digits(perSecond);
}

function percent(part, whole) {
  if (whole === 0) return '–';
  const share = (100 * part) / whole;
  return (share > 0 && share < 0.1 ? '<0.1' : share.toFixed(1)) + ' %';
}

const OUTCOMES = ['ok', 'fail', 'info'];

function outcome(name) {
  const shapes = {
    ok: 'M2 6.5 5 9.5 10 2.5',
    fail: 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5',
    info: 'M3.5 4a2.5 2.3 0 1 1 3.6 2c-.8.5-1.1.8-1.1 1.7M6 9.8v.4',
  };
  return el('span', { class: 'outcome' },
    svg('svg', { width: 12, height: 12, viewBox: '0 0 12 12', 'aria-hidden': 'true' },
      svg('path', { d: shapes[name], fill: 'none', stroke: 'var(--' + name + ')', 'stroke-width': 2, 'stroke-linecap': 'round' })),
    name);
}
