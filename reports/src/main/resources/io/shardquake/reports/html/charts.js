/* Charts that share one time axis. Tooltips are drawn, not written as HTML. */

const MARGIN = { left: 92, right: 18 };
const charts = [];
const view = { from: 0, to: 1, whole: 1 };

function inRange(from, to) {
  const least = Math.max(view.whole / 20000, 1);
  const width = Math.min(Math.max(to - from, least), view.whole);
  const start = Math.min(Math.max(from, 0), view.whole - width);
  return [start, start + width];
}

/* Shows the times from..to, in milliseconds, in every chart. */
function zoomTo(from, to, origin) {
  [view.from, view.to] = inRange(from, to);
  for (const chart of charts) {
    if (chart.instance && chart.instance !== origin) {
      chart.instance.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: view.from, endValue: view.to, silentHere: true });
    }
  }
}

function zoomBy(factor) {
  const middle = (view.from + view.to) / 2;
  const half = ((view.to - view.from) * factor) / 2;
  zoomTo(middle - half, middle + half);
}

function panBy(share) {
  const width = view.to - view.from;
  const from = Math.min(Math.max(view.from + share * width, 0), view.whole - width);
  zoomTo(from, from + width);
}

function timeAxis(labels) {
  return {
    type: 'value', min: 0, max: view.whole,
    axisLabel: { show: labels, color: theme.colour('faint'), fontSize: 11, hideOverlap: true, formatter: (t) => axisTime(t, (view.to - view.from) / 8) },
    axisLine: { lineStyle: { color: theme.colour('line') } },
    axisTick: { show: labels },
    splitLine: { lineStyle: { color: theme.colour('line-soft') } },
    axisPointer: { show: true, snap: false, type: 'line', lineStyle: { color: theme.colour('soft'), type: 'solid', width: 1 }, label: { show: labels, formatter: (p) => axisTime(p.value, 1) } },
  };
}

function zoom(extra) {
  return [
    { type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, moveOnMouseWheel: 'shift', preventDefaultMouseMove: false, startValue: view.from, endValue: view.to, minValueSpan: Math.max(view.whole / 20000, 1) },
    ...(extra || []),
  ];
}

function tooltip(formatter, trigger) {
  return {
    trigger, renderMode: 'richText', confine: true, formatter,
    backgroundColor: theme.colour('card'), borderColor: theme.colour('line'), borderWidth: 1, padding: [7, 10],
    textStyle: { color: theme.colour('ink'), fontSize: 12, lineHeight: 17, fontFamily: getComputedStyle(document.body).fontFamily },
  };
}

/* Text for a drawn tooltip, in which braces and bars would be read as styles. */
function plain(text) {
  return shorten(text, 120).replace(/[{}|]/g, ' ');
}

/* A chart that is drawn when it comes near the screen, and again when theme or size change. */
function chart(label, height, option) {
  const box = el('div', { class: 'chart', role: 'img', 'aria-label': label });
  box.style.height = height + 'px';
  const entry = { box, instance: null };
  charts.push(entry);
  const draw = () => {
    if (!entry.instance) {
      entry.instance = echarts.init(box, null, { renderer: 'canvas', devicePixelRatio: Math.max(devicePixelRatio, 2) });
      entry.instance.on('datazoom', () => {
        const now = entry.instance.getOption().dataZoom[0];
        if (now.startValue !== view.from || now.endValue !== view.to) {
          zoomTo(now.startValue, now.endValue, entry.instance);
        }
      });
    }
    entry.instance.setOption(Object.assign({ animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily } }, option()), true);
  };
  entry.draw = draw;
  theme.listeners.push(() => { if (entry.instance) draw(); });
  const near = new IntersectionObserver((seen) => {
    if (seen.some((s) => s.isIntersecting)) {
      near.disconnect();
      draw();
    }
  }, { rootMargin: '600px' });
  near.observe(box);
  new ResizeObserver(() => { if (entry.instance) entry.instance.resize(); }).observe(box);
  addEventListener('beforeprint', () => { if (!entry.instance) draw(); entry.instance.resize(); });
  return entry;
}

/* Stripes, for what is broken: told apart from a plain colour without seeing the colour. */
function hatch(colour, ground) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  for (const x of [-8, 0, 8]) {
    pen.moveTo(x, 8);
    pen.lineTo(x + 8, 0);
  }
  pen.stroke();
  return { image: tile, repeat: 'repeat' };
}

/* Rows of segments {from, to, fill, ink, text, detail} over time, in milliseconds. */
function laneChart(label, lanes, rowHeight, labelled) {
  const height = lanes().length * rowHeight + (labelled ? 30 : 8);
  return chart(label, height, () => {
    const rows = lanes();
    const items = rows.flatMap((lane, y) => lane.segments.map((s) => ({ value: [s.from, s.to, y], segment: s })));
    const paint = (parameters, api) => {
      const segment = items[parameters.dataIndex].segment;
      const [left, middle] = api.coord([segment.from, api.value(2)]);
      const right = api.coord([segment.to, api.value(2)])[0];
      const frame = parameters.coordSys;
      const x = Math.max(left, frame.x);
      const width = Math.min(Math.max(right, left + 2), frame.x + frame.width) - x;
      if (width <= 0) {
        return null;
      }
      const shape = { x, y: middle - rowHeight / 2 + 3, width, height: rowHeight - 6, r: 3 };
      const children = [{ type: 'rect', shape, style: { fill: segment.fill, stroke: segment.stroke || 'none', lineWidth: segment.stroke ? 1 : 0 } }];
      if (segment.underline) {
        children.push({ type: 'rect', shape: { x, y: shape.y + shape.height - 3, width, height: 3 }, style: { fill: segment.underline } });
      }
      if (segment.text && width > 26) {
        children.push({ type: 'text', style: { text: segment.text, x: x + 6, y: middle, width: width - 10, overflow: 'truncate', ellipsis: '…', textVerticalAlign: 'middle', fill: segment.ink || theme.colour('ink'), fontSize: 11 } });
      }
      return { type: 'group', children };
    };
    return {
      grid: { ...MARGIN, top: 2, bottom: labelled ? 26 : 4 },
      xAxis: timeAxis(labelled),
      yAxis: {
        type: 'category', inverse: true, data: rows.map((r) => r.label),
        axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false },
        axisLabel: { color: theme.colour('soft'), fontSize: 11.5, width: MARGIN.left - 14, overflow: 'truncate', interval: 0 },
      },
      dataZoom: zoom(),
      tooltip: tooltip((p) => items[p.dataIndex].segment.detail, 'item'),
      series: [{ type: 'custom', clip: true, renderItem: paint, encode: { x: [0, 1], y: 2 }, data: items.map((i) => i.value) }],
    };
  });
}
