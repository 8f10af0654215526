/* Building the page. Text reaches it through text nodes and attributes only, never as markup:
   keys, values and errors are bytes chosen by others. */

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return node;
}

function el(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/* Characters that would vanish, reorder or break a line are shown by their code. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function visible(text) {
  return String(text).replace(UNSEEN, (c) => {
    const code = c.charCodeAt(0);
    if (code === 10) return '\\n';
    if (code === 9) return '\\t';
    if (code === 13) return '\\r';
    return '\\u' + code.toString(16).padStart(4, '0');
  });
}

/* Like visible, but keeps the line breaks of prose. */
function prose(text) {
  return String(text).split('\n').map(visible).join('\n');
}

function value(text) {
  return el('span', { class: 'value' }, visible(text));
}

function shorten(text, most) {
  if (most <= 0) return '';
  const characters = Array.from(visible(text));
  return characters.length <= most ? characters.join('') : characters.slice(0, most - 1).join('') + '…';
}

function badge(word, kind) {
  return el('span', { class: 'badge ' + kind }, word);
}

function table(headings, rows) {
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': headings.map((h) => h.text || h).join(', ') },
    el('table', null,
      el('thead', null, el('tr', null, headings.map((h) =>
        el('th', { scope: 'col', class: h.number ? 'number' : null }, h.text || h)))),
      el('tbody', null, rows)));
}

function row(...cells) {
  return el('tr', null, cells);
}

function cell(...content) {
  return el('td', null, content);
}

function number(...content) {
  return el('td', { class: 'number' }, content);
}

function part(id, title, count, tools, ...content) {
  return el('section', { class: 'part', id, 'aria-labelledby': id + '-title' },
    el('header', null,
      el('h2', { id: id + '-title' }, title),
      count ? el('span', { class: 'count' }, count) : null,
      tools && tools.length ? el('div', { class: 'tools' }, tools) : null),
    content);
}
