/* Operations as bars, a lane for each process, and what happened to the cluster meanwhile. Time is stretched where something happens and
   shrunk where nothing does, so that operations of a millisecond can be read beside pauses of
   seconds; the ticks below say the true times. */

const LANE = { label: 96, height: 34, bar: 22, least: 14, fit: 760, event: 60, most: 150, top: 20, bottom: 30, right: 130 };

/* What happened to the cluster meanwhile: faults, their end, and nodes that became masters. */
function clusterEvents(from, to) {
  const events = data.faults.filter((f) => f.number >= 0 && f.from !== null).flatMap((f) => [
    { t: f.from, text: shorten(f.kind + ' ' + f.nodes.join(' '), 22) },
    ...(f.state === 'bit' ? [{ t: f.to, text: shorten(f.kind + ' healed', 22) }] : [])]);
  data.nodes.lanes.forEach((lane) => lane.segments.forEach((s, i) => {
    const before = lane.segments[i - 1];
    if (s.role === 'master' && before && before.role === 'replica') {
      events.push({ t: s.from, text: shorten(lane.name, 12) + ' is master' });
    }
  }));
  return events.filter((e) => e.t > from && e.t < to).sort((a, b) => a.t - b.t).slice(0, 24);
}

/* Places each distinct time on the x axis; returns a function from time to x. */
function stretchedAxis(list, events) {
  const times = [...new Set([...list.flatMap((o) => (o.end === null ? [o.start] : [o.start, o.end])), ...events.map((e) => e.t)])].sort((a, b) => a - b);
  const gaps = times.slice(1).map((t, i) => {
    const room = events.some((e) => e.t === times[i]) ? LANE.event : LANE.least;
    return Math.min(LANE.most, room + 9 * Math.log2(1 + (t - times[i]) / 1e5));
  });
  /* Squeezed to what a screen shows, as far as bars stay wide enough to be hit. */
  const squeeze = Math.min(1, LANE.fit / gaps.reduce((a, b) => a + b, 1));
  const xs = [34];
  gaps.forEach((gap, i) => xs.push(xs[i] + Math.max(gap * squeeze, LANE.least)));
  const place = new Map(times.map((t, i) => [t, xs[i]]));
  return { times, x: (t) => place.get(t), width: xs[xs.length - 1] + LANE.right };
}

function laneTicks(axis, height) {
  const ticks = [];
  let last = -Infinity;
  axis.times.forEach((t) => {
    const x = axis.x(t);
    ticks.push(svg('line', { x1: x, x2: x, y1: LANE.top, y2: height, stroke: 'var(--line-soft)' }));
    if (x - last > 64) {
      ticks.push(svg('text', { x, y: height + 18, 'font-size': 10.5, 'text-anchor': 'middle', fill: 'var(--faint)' }, at(t)));
      last = x;
    }
  });
  return ticks;
}

function laneBar(o, y, axis, proof) {
  const x = axis.x(o.start);
  const open = o.end === null || o.outcome === 'info';
  const end = open ? axis.width - 6 : axis.x(o.end);
  const width = Math.max(end - x, 5);
  const top = y + (LANE.height - LANE.bar) / 2;
  const colour = `var(--${o.outcome})`;
  const group = svg('g', {
    class: 'op', tabindex: 0, role: 'button', 'aria-label': `Operation ${o.index}, process ${o.process}: ${visible(gist(o))}, ${o.outcome}`,
    onclick: () => inspect(o),
    onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); inspect(o); } },
  },
    svg('title', null, `${visible(gist(o))}  ${o.outcome}${o.error ? ' ' + visible(o.error) : ''}\nprocess ${o.process}, ${at(o.start)}, ${duration(o)}${o.nodes ? ', ' + visible(o.nodes) : ''}`),
    svg('rect', { class: 'bar-shape', x, y: top, width, height: LANE.bar, rx: 4, fill: colour, 'fill-opacity': proof ? 0.28 : 0.1, stroke: colour, 'stroke-width': proof ? 2 : 1, 'stroke-dasharray': open ? '4 3' : o.outcome === 'fail' ? '1.5 2.5' : null }),
    open ? svg('path', { d: `M${end - 7} ${top + 5}l6 ${LANE.bar / 2 - 5}-6 ${LANE.bar / 2 - 5}`, fill: 'none', stroke: colour, 'stroke-width': 2 }) : null);
  const text = svg('text', { x: x + 6, y: top + LANE.bar / 2 + 4, 'font-size': 11, 'font-weight': proof ? 650 : 400, fill: 'var(--ink)', 'pointer-events': 'none' },
    shorten(gist(o), proof ? 24 : width < 30 ? 0 : Math.floor((width - 8) / 6.2)));
  if (proof) {
    /* The label of a short bar runs on beyond it: a halo keeps it readable over the lines there. */
    text.setAttribute('paint-order', 'stroke');
    text.setAttribute('stroke', 'var(--card)');
    text.setAttribute('stroke-width', '3');
  }
  group.append(text);
  return group;
}

/* Lanes of the given operations; those in proof are drawn bold. */
function operationLanes(list, proof) {
  const ordered = [...list].sort((a, b) => a.start - b.start || a.index - b.index);
  const ends = ordered.map((o) => (o.end === null ? o.start : o.end));
  const events = clusterEvents(ordered[0].start, Math.max(...ends));
  const axis = stretchedAxis(ordered, events);
  const processes = [...new Set(ordered.map((o) => o.process))].sort((a, b) => a - b);
  const height = LANE.top + processes.length * LANE.height;
  const picture = svg('svg', { width: Math.max(axis.width, 300), height: height + LANE.bottom, role: 'group', 'aria-label': 'Operations by process over time' },
    laneTicks(axis, height));
  const labels = svg('svg', { width: LANE.label, height: height + LANE.bottom, 'aria-hidden': 'true' });
  processes.forEach((process, i) => {
    const y = LANE.top + i * LANE.height;
    labels.append(svg('text', { x: 12, y: y + LANE.height / 2 + 4, 'font-size': 11.5, fill: 'var(--soft)' }, 'process ' + process));
    picture.append(svg('line', { x1: 0, x2: axis.width, y1: y + LANE.height, y2: y + LANE.height, stroke: 'var(--line-soft)' }));
    /* Bars that prove something are drawn last, over the others. */
    const own = ordered.filter((o) => o.process === process);
    own.sort((a, b) => Number(proof.has(a.index)) - Number(proof.has(b.index)));
    own.forEach((o) => picture.append(laneBar(o, y, axis, proof.has(o.index))));
  });
  events.forEach((e) => {
    const x = axis.x(e.t);
    picture.append(svg('line', { x1: x, x2: x, y1: 4, y2: height, stroke: 'var(--ink)', 'stroke-width': 1.3, 'stroke-dasharray': '5 4' }),
      svg('text', { x: x + 5, y: 14, 'font-size': 11, 'font-weight': 650, fill: 'var(--ink)' }, e.text));
  });
  const box = el('div', { class: 'moving', tabindex: 0, role: 'region', 'aria-label': 'Picture of the operations' }, picture);
  const first = ordered.find((o) => proof.has(o.index));
  requestAnimationFrame(() => { box.scrollLeft = Math.max(axis.x(first.start) - LANE.label, 0); });
  return el('div', { class: 'lanes' }, labels, box);
}
