// A search box over each long table; it hides the rows that do not hold what is typed.
for (const box of document.querySelectorAll('.table:has(.long)')) {
  const rows = [...box.querySelectorAll('tbody tr')];
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

// The list of headings is open where there is room beside the text.
const toc = document.querySelector('details.toc');
if (toc) toc.open = matchMedia('(min-width: 75rem)').matches;

// On the page of the articles, a bar at the foot says the word that is pointed at or walked to.
const bar = document.querySelector('#gloss');
if (bar) {
  const rest = bar.textContent;
  const say = (word) => { bar.textContent = word ? `${word.textContent}: ${word.title}` : rest; };
  const tell = (event) => {
    const word = event.target.closest('.w');
    if (word) say(word);
  };
  document.addEventListener('mouseover', tell);
  document.addEventListener('focusin', tell);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') bar.textContent = '';
    const line = document.activeElement.closest('.line');
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!line || !step) return;
    const words = [...line.querySelectorAll('.w')];
    const next = words.indexOf(document.activeElement) + step;
    if (words.length) words[Math.max(0, Math.min(next, words.length - 1))].focus();
    event.preventDefault();
  });

  // A link to a word marks all its places, and says how many there are.
  const mark = () => {
    const word = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const hit of document.querySelectorAll('.hit')) hit.classList.remove('hit');
    if (!word || !word.matches('.w')) return;
    const hits = [...document.querySelectorAll('.w')].filter((other) => other.textContent === word.textContent);
    for (const hit of hits) hit.classList.add('hit');
    bar.textContent = `${word.textContent}: ${word.title} (on this page ${hits.length})`;
  };
  addEventListener('hashchange', mark);
  mark();
}
