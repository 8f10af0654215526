/* Throughput, latency, faults and nodes over one time axis. */

const ms = (nanos) => nanos / 1e6;

function legend(...entries) {
  return el('span', { class: 'key' }, entries.map(([variable, label]) => {
    const swatch = el('span', { class: 'swatch' });
    swatch.style.background = `var(--${variable})`;
    return el('span', null, swatch, label);
  }));
}

function figure(title, hint, entry, key) {
  return el('figure', null,
    el('figcaption', null, el('strong', null, title), hint ? el('span', { class: 'hint' }, hint) : null, key || null),
    entry.box);
}

function faultBands() {
  const tint = theme.name === 'dark' ? 'rgba(255,255,255,0.09)' : 'rgba(40,50,70,0.09)';
  return {
    silent: true,
    itemStyle: { color: tint, borderWidth: 0 },
    label: { position: 'top', distance: 3, color: theme.colour('soft'), fontSize: 10.5, overflow: 'truncate' },
    data: data.faults.filter((f) => f.state === 'bit').map((f) => [
      { xAxis: ms(f.from), name: plain(f.kind + (f.nodes.length ? ' ' + f.nodes.join(' ') : '')) }, { xAxis: ms(f.to) }]),
  };
}

/* Points of a stepped line: one at the start of each interval and one at the end of the last. */
function stepped(values, factor) {
  const step = ms(data.series.intervalNanos);
  const points = values.map((v, i) => [i * step, v === null ? null : v * factor]);
  if (points.length) {
    points.push([Math.min(points.length * step, view.whole), points[points.length - 1][1]]);
  }
  return points;
}

function intervalAt(t) {
  return Math.min(Math.max(Math.floor(t / ms(data.series.intervalNanos)), 0), data.series.ok.length - 1);
}

function throughputChart() {
  const perSecond = 1e9 / data.series.intervalNanos;
  return chart('Operations per second over time, by outcome', 200, () => ({
    grid: { ...MARGIN, top: 20, bottom: 26 },
    xAxis: timeAxis(true),
    yAxis: { type: 'value', min: 0, splitNumber: 4, axisLabel: { color: theme.colour('faint'), fontSize: 11 }, splitLine: { lineStyle: { color: theme.colour('line-soft') } } },
    dataZoom: zoom([{ type: 'slider', show: false, xAxisIndex: 0 }]),
    tooltip: tooltip((points) => {
      const i = intervalAt(points[0].axisValue);
      const s = data.series;
      return [axisTime(i * ms(s.intervalNanos), 1),
        ...OUTCOMES.map((o) => `${o}  ${rate(s[o][i] * perSecond)}/s`)].join('\n');
    }, 'axis'),
    series: [{ type: 'custom', clip: true, silent: true, encode: { x: [0, 1], y: [2, 3, 4] }, data: throughputBars(perSecond), renderItem: paintBar, markArea: faultBands() }],
  }));
}

/* [from, to, and the upper ends of what is ok, fail and info], stacked. */
function throughputBars(perSecond) {
  const step = ms(data.series.intervalNanos);
  return data.series.ok.map((ok, i) => {
    const top = [ok * perSecond];
    top.push(top[0] + data.series.fail[i] * perSecond);
    top.push(top[1] + data.series.info[i] * perSecond);
    return [i * step, (i + 1) * step, ...top];
  });
}

function paintBar(parameters, api) {
  const [from, to] = [api.value(0), api.value(1)];
  const left = Math.floor(api.coord([from, 0])[0]);
  const width = Math.max(Math.floor(api.coord([to, 0])[0]) - left, 1);
  let bottom = 0;
  const children = OUTCOMES.map((name, i) => {
    const top = api.value(2 + i);
    const [y0, y1] = [api.coord([from, bottom])[1], api.coord([from, top])[1]];
    const shown = top > bottom;
    bottom = top;
    return shown && { type: 'rect', shape: { x: left, y: y1, width, height: Math.max(y0 - y1, 1) }, style: { fill: theme.colour(name) } };
  });
  return { type: 'group', children: children.filter(Boolean) };
}

function latencyChart() {
  const styles = { p50: ['p50', 'solid', 1.8], p99: ['p99', 'solid', 1.2], max: ['max', 'dotted', 1.2] };
  return chart('Latency of successful operations over time', 190, () => ({
    grid: { ...MARGIN, top: 14, bottom: 26 },
    xAxis: timeAxis(true),
    yAxis: { type: 'log', axisLabel: { color: theme.colour('faint'), fontSize: 11, formatter: (v) => span(v * 1e6) }, splitLine: { lineStyle: { color: theme.colour('line-soft') } } },
    dataZoom: zoom(),
    tooltip: tooltip((points) => {
      const i = intervalAt(points[0].axisValue);
      return [axisTime(i * ms(data.series.intervalNanos), 1),
        ...Object.keys(styles).map((q) => `${q}  ${data.series[q][i] === null ? 'no ok' : span(data.series[q][i])}`)].join('\n');
    }, 'axis'),
    series: Object.entries(styles).map(([q, [colour, type, width]], i) => ({
      name: q, type: 'line', step: 'end', showSymbol: false, silent: true, connectNulls: false,
      lineStyle: { width, type, color: theme.colour(colour) },
      data: stepped(data.series[q], 1e-6),
      markArea: i === 0 ? Object.assign(faultBands(), { label: { show: false } }) : undefined,
    })),
  }));
}

const FAULT_STATES = {
  bit: 'bit', missed: 'without effect', skipped: 'skipped', injected: 'injected, effect not verified', pending: 'never fired',
};

function faultLanes() {
  const ink = theme.colour('ink');
  return data.faults.filter((f) => f.number >= 0).map((fault) => ({
    label: '#' + fault.number + ' ' + shorten(fault.kind, 10),
    segments: fault.from === null ? [] : [{
      from: ms(fault.from), to: ms(Math.max(fault.to, fault.from)),
      fill: fault.state === 'bit' ? theme.colour('soft') : 'transparent',
      stroke: theme.colour('soft'),
      ink: fault.state === 'bit' ? theme.colour('card') : ink,
      text: shorten(fault.nodes.join(', ') || FAULT_STATES[fault.state], 60),
      detail: plain(`${fault.kind} ${fault.nodes.join(', ')}`) + `\n${FAULT_STATES[fault.state]}\n${at(fault.from)} to ${at(fault.to)}`,
    }],
  })).concat(data.unavailability.shards.map((shard) => ({
    label: 'shard ' + shorten(shard.name, 9),
    segments: shard.windows.map((w) => ({
      from: ms(w.from), to: ms(w.to),
      fill: hatch(theme.colour('invalid'), theme.colour('invalid-tint')), stroke: theme.colour('invalid'),
      text: '', detail: `no ok for ${span(w.to - w.from)}\n${at(w.from)} to ${at(w.to)}\n${many(w.attempts, 'attempt')}`,
    })),
  })));
}

function nodeSegment(s) {
  const own = theme.owner(s.node);
  const base = { from: ms(s.from), to: ms(s.to), underline: s.ok || s.role === 'silent' ? null : theme.colour('invalid') };
  const when = `\n${at(s.from)} to ${at(s.to)}`;
  switch (s.role) {
    case 'master':
      return { ...base, fill: own, ink: theme.inkOn(own), text: s.slots ? `master  ${count(s.slots)} slots` : 'master  no slots',
        detail: `master, ${many(s.slots, 'slot')}\n${plain(s.ranges)}\nconfig epoch ${s.epoch}\n${s.ok ? 'cluster ok' : 'cluster down, it says'}` + when };
    case 'replica': {
      const masters = s.master === null ? theme.colour('faint') : theme.owner(s.master);
      return { ...base, fill: theme.colour('well'), stroke: masters, text: 'replica' + (s.masterName ? ' of ' + shorten(s.masterName, 16) : ''),
        detail: `replica of ${plain(s.masterName || '?')}\nconfig epoch ${s.epoch}\n${s.ok ? 'cluster ok' : 'cluster down, it says'}` + when };
    }
    default:
      return { ...base, fill: hatch(theme.colour('faint'), theme.colour('card')), stroke: theme.colour('faint'), text: '',
        detail: `no answer\n${plain(s.error)}` + when };
  }
}

function nodeLanes() {
  return data.nodes.lanes.map((lane) => ({ label: shorten(lane.name, 12), segments: lane.segments.map(nodeSegment) }));
}

function epochLanes() {
  return data.nodes.lanes.map((lane) => ({
    label: shorten(lane.name, 12),
    segments: lane.epochs.map((e) => {
      return { from: ms(e.from), to: ms(e.to), fill: theme.colour(e.borrowed ? 'card' : 'well'), stroke: theme.colour('faint'), text: String(e.epoch),
        detail: `config epoch ${e.epoch}${e.borrowed ? ' (its master’s)' : ''}\n${at(e.from)} to ${at(e.to)}` };
    }),
  }));
}

function zoomTools() {
  const tool = (label, name, act) => el('button', { type: 'button', 'aria-label': name, title: name, onclick: act }, label);
  return [
    tool('◂', 'Earlier', () => panBy(-0.5)),
    tool('▸', 'Later', () => panBy(0.5)),
    tool('+', 'Zoom in', () => zoomBy(0.5)),
    tool('−', 'Zoom out', () => zoomBy(2)),
    tool('Whole run', 'Show the whole run', () => zoomTo(0, view.whole)),
  ];
}

function timeline() {
  const figures = [];
  if (data.series.ok.length) {
    figures.push(figure('Throughput', 'operations per second', throughputChart(), legend(['ok', 'ok'], ['fail', 'fail: did not happen'], ['info', 'info: unknown'])));
    figures.push(figure('Latency', 'of operations that happened, logarithmic', latencyChart(), legend(['p50', 'median'], ['p99', 'p99'], ['max', 'greatest'])));
  }
  if (faultLanes().length) {
    figures.push(figure('Faults and unavailability', 'striped: operations on the shard were tried and none happened', laneChart('Faults, and when each shard did not answer', faultLanes, 24, true)));
  }
  if (data.nodes.lanes.length) {
    figures.push(figure('Nodes', 'each as it saw itself; a colour is a node; striped: no answer; underlined: it says the cluster is down', laneChart('Role of each node over time', nodeLanes, 28, true)));
    figures.push(figure('Config epochs', 'grey: a master’s own; white: a replica’s, which is its master’s', laneChart('Config epoch of each node over time', epochLanes, 22, true)));
  }
  return part('timeline', 'Timeline', 'drag to move, Ctrl and wheel to zoom', zoomTools(),
    el('div', { class: 'card' }, figures.length ? figures : el('p', { class: 'empty' }, 'Nothing was recorded over time.')));
}
