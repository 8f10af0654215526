/* Who owned which slot when, in the eyes of one node. */

function slotChart(observer) {
  let owned = observer();
  const entry = chart('Owner of each hash slot over time', 340, () => {
    owned = observer();
    const colourOf = (s) => (s.owner === null ? hatch(theme.colour('invalid'), theme.colour('invalid-tint')) : theme.owner(s.owner));
    const paint = (parameters, api) => {
      const s = owned.segments[parameters.dataIndex];
      const [left, top] = api.coord([ms(s.from), s.last + 1]);
      const [right, bottom] = api.coord([ms(s.to), s.first]);
      const shape = echarts.graphic.clipRectByRect({ x: left, y: top, width: Math.max(right - left, 1), height: Math.max(bottom - top, 1) }, parameters.coordSys);
      return shape && { type: 'rect', shape, style: { fill: colourOf(s), opacity: s.open ? 0.45 : 1, stroke: s.open ? theme.colour('ink') : 'none', lineWidth: s.open ? 0.5 : 0 } };
    };
    return {
      grid: { left: MARGIN.left, right: 60, top: 8, bottom: 26 },
      xAxis: timeAxis(true),
      yAxis: { type: 'value', min: 0, max: 16384, interval: null, axisLabel: { color: theme.colour('faint'), fontSize: 11, formatter: (v) => String(Math.round(v)) }, splitLine: { show: false } },
      dataZoom: zoom([
        { type: 'inside', yAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'alt', moveOnMouseMove: true, preventDefaultMouseMove: false, minValueSpan: 8 },
        { type: 'slider', yAxisIndex: 0, filterMode: 'none', right: 12, width: 20, showDetail: false, brushSelect: false, borderColor: theme.colour('line'), fillerColor: 'rgba(127,140,160,0.25)' }]),
      tooltip: tooltip((p) => {
        const s = owned.segments[p.dataIndex];
        const who = s.owner === null ? 'no owner' : 'owner ' + plain(data.slotMap.owners[s.owner]);
        return `slots ${s.first}–${s.last}\n${who}${s.open ? '\n' + s.open : ''}\n${at(s.from)} to ${at(s.to)}`;
      }, 'item'),
      series: [{ type: 'custom', clip: true, renderItem: paint, encode: { x: [0, 1], y: [2, 3] }, data: owned.segments.map((s) => [ms(s.from), ms(s.to), s.first, s.last + 1]) }],
    };
  });
  return entry;
}

function slotMap() {
  const observers = data.slotMap.observers;
  if (observers.length === 0) {
    return null;
  }
  let chosen = observers[0];
  const entry = slotChart(() => chosen);
  const choose = el('select', { 'aria-label': 'In the eyes of', onchange: () => { chosen = observers[choose.selectedIndex]; entry.draw(); } },
    observers.map((o) => el('option', null, 'in the eyes of ' + shorten(o.name, 24))));
  const key = el('span', { class: 'key' });
  const colours = () => key.replaceChildren(...data.slotMap.owners.map((name, i) => {
    const swatch = el('span', { class: 'swatch' });
    swatch.style.background = theme.owner(i);
    return el('span', null, swatch, shorten(name, 14));
  }));
  theme.listeners.push(colours);
  colours();
  return part('slots', 'Slot ownership', '16384 hash slots; striped: no owner; pale: moving', [choose],
    el('div', { class: 'card' }, el('figure', null, el('figcaption', null, el('span', { class: 'hint' }, 'The bar at the right, or Alt and wheel, zooms into slots.'), key), entry.box)));
}
