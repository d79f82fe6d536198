const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Where the English of Chinese words is shown: the choice goes from page to page, where the browser can keep it.
const keep = (mode) => {
  try {
    if (mode) localStorage.setItem('glosses', mode);
    return localStorage.getItem('glosses');
  } catch { return mode; }
};
const showGlosses = (mode) => {
  document.documentElement.dataset.glosses = mode;
  const choice = document.querySelector('#glosses');
  if (choice) choice.value = mode;
};
const glossesAre = () => document.documentElement.dataset.glosses;
showGlosses(keep() ?? 'point'); // before anything is drawn, so that nothing moves afterwards
addEventListener('pageshow', () => showGlosses(keep() ?? glossesAre()));
document.addEventListener('change', ({ target }) => {
  if (target.id === 'glosses') showGlosses(keep(target.value) ?? target.value);
});

// All else waits for the page.
document.addEventListener('DOMContentLoaded', () => {

// A search box over each table of 15 rows or more; it hides the rows that do not hold what is typed.
for (const box of all('.table:has(tbody > tr:nth-child(15))')) {
  const rows = all('tbody tr', box);
  const label = document.createElement('label');
  const input = document.createElement('input');
  const found = document.createElement('output');
  input.type = 'search';
  label.className = 'search';
  label.append('Search this table ', input, ' ', found);
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    found.textContent = wanted ? `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows` : '';
  });
  box.before(label);
}

// A column in which every cell is a number or empty stands at the right.
for (const table of all('table')) {
  const rows = all('tbody tr', table);
  all('thead th', table).forEach((head, i) => {
    const cells = rows.map((row) => row.cells[i]);
    const texts = cells.map((cell) => cell?.textContent.trim() ?? '');
    if (!texts.some((text) => /\d/.test(text)) || !texts.every((text) => /^[-−–+±≈≥≤]?\s?[\d.,]*(%|\s[a-z]{1,5})?$/.test(text))) return;
    for (const cell of [head, ...cells]) cell?.classList.add('num');
  });
}

// The data of a chart can be saved for a spreadsheet.
for (const data of all('details.data')) {
  const save = document.createElement('button');
  save.textContent = 'Save as CSV';
  save.addEventListener('click', () => {
    const quoted = (cell) => `"${cell.textContent.trim().replaceAll('"', '""')}"`;
    const rows = all('tr', data).map((row) => [...row.cells].map(quoted).join(','));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['\ufeff', rows.join('\r\n')], { type: 'text/csv' }));
    link.download = `${document.title}.csv`;
    link.click();
  });
  data.append(save);
}

// The code of a section is one fold, at its end.
let fold = null;
const close = (before) => {
  if (!fold) return;
  const n = all('pre', fold).length;
  fold.querySelector('summary').textContent = n > 1 ? `Show the code, ${n} cells` : 'Show the code';
  before(fold);
  fold = null;
};
for (const part of all('main > h2, main > details.code')) {
  if (part.matches('h2')) close((whole) => part.before(whole));
  else if (!fold) fold = part;
  else {
    const rest = all(':scope > :not(summary)', part);
    fold.append(...rest);
    part.remove();
  }
}
close((whole) => document.querySelector('main').append(whole));
for (const summary of all('details.answer details.code > summary')) summary.textContent = 'Show the code';

// What is folded on the first page is printed.
addEventListener('beforeprint', () => { for (const more of all('details.more')) more.open = true; });

// The list of headings is open where there is room beside the text, and marks the section that is read.
const toc = document.querySelector('details.toc');
if (toc) {
  toc.open = matchMedia('(min-width: 75rem)').matches;
  const links = all('a', toc);
  const heads = links.map((link) => document.getElementById(link.hash.slice(1)));
  const follow = () => {
    const now = heads.findLastIndex((head) => head.getBoundingClientRect().top < innerHeight / 3);
    links.forEach((link, i) => link.toggleAttribute('aria-current', i === now));
    links[now]?.setAttribute('aria-current', 'location');
  };
  addEventListener('scroll', follow, { passive: true });
  follow();
}

// A word says its English, its pinyin and its uses when it is pointed at, walked to or tapped; a second tap follows
// its link. On the page of an article the arrow keys walk along a line.
const WORD = '.term, .w[data-note]';
if (document.querySelector(WORD)) {
  const note = document.createElement('div');
  let shown = null;
  let tapped = null;
  Object.assign(note, { id: 'note', role: 'tooltip', hidden: true });
  document.body.append(note);
  const show = (word) => {
    shown?.removeAttribute('aria-describedby');
    shown = glossesAre() === 'none' ? null : word;
    note.hidden = !shown;
    if (!shown) return;
    note.textContent = word.dataset.note;
    if (word.matches('.hit')) note.textContent += `\nmarked on this page: ${all('.hit').length}`;
    word.setAttribute('aria-describedby', 'note');
    place();
  };
  const place = () => {
    if (!shown) return;
    const { left, top, bottom } = shown.getBoundingClientRect();
    const below = bottom + note.offsetHeight < innerHeight;
    note.style.left = `${Math.max(8, Math.min(left, innerWidth - note.offsetWidth - 8))}px`;
    note.style.top = `${below ? bottom : top - note.offsetHeight}px`;
  };
  const wordOf = ({ target }) => target.closest?.(WORD) ?? null;
  document.addEventListener('mouseover', (event) => {
    if (event.target !== note && (shown || wordOf(event))) show(wordOf(event));
  });
  document.addEventListener('focusin', (event) => show(wordOf(event)));
  addEventListener('scroll', place, { passive: true, capture: true });
  document.addEventListener('click', (event) => {
    const term = wordOf(event);
    const first = term && term !== tapped && glossesAre() !== 'none';
    if (first && matchMedia('(hover: none)').matches) event.preventDefault();
    tapped = term;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') show(null);
    const line = document.activeElement.closest('.line');
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!line || !step) return;
    const words = all('.w', line);
    const next = words.indexOf(document.activeElement) + step;
    words[Math.max(0, Math.min(next, words.length - 1))]?.focus();
    event.preventDefault();
  });

  // A link to a word marks all its places, and says how many there are.
  const mark = () => {
    const word = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const hit of all('.hit')) hit.classList.remove('hit');
    if (!word?.matches('.w')) return;
    for (const other of all('.w')) other.classList.toggle('hit', other.textContent === word.textContent);
    show(word);
  };
  addEventListener('hashchange', mark);
  mark();
}

});
