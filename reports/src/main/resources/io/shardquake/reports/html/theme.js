/* Light, dark and paper. */

const OWNER_COLOURS = {
  light: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8c7bd0', '#9a8f00', '#5f6b7a', '#b3005e', '#007c80', '#a05a2c'],
  dark: ['#4ba3dd', '#f0b23a', '#2fbf92', '#dd8fbc', '#8fd0f5', '#f07a3a', '#a99be6', '#c9bd2e', '#98a4b3', '#e0589b', '#37b3b7', '#cf8a58'],
};

const theme = {
  listeners: [],
  name: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',

  set(name) {
    this.name = name;
    document.documentElement.dataset.theme = name;
    this.listeners.forEach((listener) => listener());
  },

  toggle() {
    this.set(this.name === 'dark' ? 'light' : 'dark');
  },

  colour(variable) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + variable).trim();
  },

  owner(number) {
    const colours = OWNER_COLOURS[this.name];
    return colours[number % colours.length];
  },

  /* Black or white, whichever can be read on the colour. */
  inkOn(colour) {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.3 ? '#10141a' : '#ffffff';
  },

  start() {
    this.set(this.name);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => this.set(event.matches ? 'dark' : 'light'));
    let onScreen = this.name;
    addEventListener('beforeprint', () => { onScreen = this.name; this.set('light'); });
    addEventListener('afterprint', () => this.set(onScreen));
  },
};
