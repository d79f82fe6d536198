// What is looked at on each page. A check gets the visit of one page at one width in one scheme, and returns its
// faults as text; null means that it has nothing to look at here, and is not counted.

import { readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const NARROW = 320;
export const WIDE = 1280;
const SMALLEST_TEXT = 11;
const AXE = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// A saved page must work without network. A hint to connect asks for nothing that a route sees, so look for it too.
async function requests({ page, requested }) {
  const hints = await page.evaluate(() =>
    [...document.querySelectorAll('[rel~=preconnect], [rel~=dns-prefetch]')].map((link) => `hint ${link.href}`));
  return [...requested, ...hints];
}

// Whatever the browser complains of, a reader's browser does as well.
const quiet = ({ complaints }) => complaints;

// The accessibility rules, all of them; what axe cannot decide is told, not failed. Thousands of nodes come back, so
// they are put into words inside the page.
async function axe({ page, note }, part = 'html') {
  await page.evaluate(AXE);
  const { faults, undecided } = await page.evaluate(async ([context, values]) => {
    const options = { runOnly: { type: 'tag', values }, resultTypes: ['violations', 'incomplete'] };
    const { violations, incomplete } = await window.axe.run(context, options);
    const word = ({ target, failureSummary }) => `${target.join(' ')}\n${failureSummary}`;
    return {
      faults: violations.map(({ id, impact, help, nodes }) =>
        [`${id} (${impact}): ${help}; ${nodes.length} nodes`, ...nodes.slice(0, 3).map(word)].join('\n')),
      undecided: incomplete.map(({ id, nodes }) => `cannot decide ${id}: ${nodes.length} nodes`),
    };
  }, [part, AXE_TAGS]);
  undecided.forEach(note);
  return faults;
}

// Only boxes may scroll sideways, never the page: name what sticks out of it.
const sideways = ({ page }) => page.evaluate(() => {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= innerWidth) return [];
  const boxed = (box) => box && (getComputedStyle(box).overflowX !== 'visible' || boxed(box.parentElement));
  const named = ({ localName, id, textContent }) => `${localName}#${id} "${textContent.trim().slice(0, 30)}"`;
  const out = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !boxed(element.parentElement));
  return [`${scrollWidth} wide in a window of ${innerWidth}: ${out.slice(0, 5).map(named).join(', ')}`];
});

// An image that does not decode is an empty frame.
const images = ({ page }) => page.evaluate(async () => {
  for (const image of document.images) image.loading = 'eager';
  await Promise.allSettled([...document.images].map((image) => image.decode()));
  const broken = [...document.images].filter((image) => !image.naturalWidth);
  return broken.map((image) => `not decoded: ${image.src.slice(0, 80)}`);
});

// Text smaller than this cannot be read on a telephone.
const smallText = ({ page, width }) => width !== NARROW ? null : page.evaluate((smallest) => {
  const faults = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (!data.trim() || parentElement.closest('script, style')) continue;
    const size = parseFloat(getComputedStyle(parentElement).fontSize);
    if (size < smallest) faults.add(`${parentElement.localName} at ${size}px: "${data.trim().slice(0, 30)}"`);
  }
  return [...faults].slice(0, 10);
}, SMALLEST_TEXT);

// The anchors of a file, read once; other pages are not opened for it.
const anchorsOf = new Map();
function anchors(path) {
  if (!anchorsOf.has(path)) {
    const ids = readFileSync(path, 'utf8').matchAll(/\sid="([^"]*)"/g);
    anchorsOf.set(path, new Set([...ids].map(([, id]) => id.replaceAll('&amp;', '&'))));
  }
  return anchorsOf.get(path);
}

// Why a link leads nowhere, or null if it leads somewhere; links to other sites are not followed.
function deadEnd(href, folder) {
  const url = new URL(href);
  if (url.protocol !== 'file:') return null;
  const path = fileURLToPath(url);
  const anchor = decodeURIComponent(url.hash.slice(1));
  if (!path.startsWith(folder + sep)) return `${href} leads out of the site`;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return `${href} has no file`;
  return anchor && !anchors(path).has(anchor) ? `${href} has no anchor` : null;
}

// Every number and term is to be one click from its sentence, so no click may lead nowhere.
async function links({ page, folder, once }) {
  if (!once) return null;
  const hrefs = await page.evaluate(() => [...document.links].map((link) => link.href));
  return [...new Set(hrefs)].map((href) => deadEnd(href, folder)).filter(Boolean);
}

// A chart that is cut off says something else; it scales to the room that there is.
const charts = ({ page }) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll('.chart')];
  if (!boxes.length) return null;
  const cut = boxes.filter((box) => box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > innerWidth);
  return cut.map((box) => `cut off: ${box.getAttribute('aria-label')}`);
});

// The numbers of a column are compared at their right ends, so a column of numbers is aligned there.
const numbers = ({ page, once }) => !once ? null : page.evaluate(() => {
  const faults = [];
  for (const table of document.querySelectorAll('table:has(tbody tr)')) {
    const rows = [...table.tBodies[0].rows];
    for (const { cellIndex: i, textContent } of table.tHead?.rows[0]?.cells ?? []) {
      const cells = rows.map((row) => row.cells[i]).filter((cell) => cell?.textContent.trim());
      const all = cells.length && cells.every((cell) => /^\d[\d,]*(\.\d+)?$/.test(cell.textContent.trim()));
      if (all && cells.some((cell) => getComputedStyle(cell).textAlign !== 'right')) faults.push(`at the left: "${textContent}"`);
    }
  }
  return faults;
});

// An opened table is not cut off where there is room, keeps its head and its first column as it scrolls, and can be
// searched if it is long. A column that says the same in every row is told.
async function tables({ page, width, note }) {
  const boxes = page.locator('.table:has(tbody tr)');
  if (!(await boxes.count())) return null;
  const { faults, told } = await boxes.evaluateAll((all, wide) => {
    const found = { faults: [], told: [] };
    for (const box of all) {
      const name = box.querySelector('caption')?.textContent.trim().slice(0, 50) ?? box.getAttribute('aria-label');
      const say = (what) => found.faults.push(`${what}: ${name}`);
      const [heads, rows] = [[...box.querySelectorAll('thead th')], [...box.querySelectorAll('tbody tr')]];
      const long = rows.length >= 15;
      if (long !== Boolean(box.previousElementSibling?.matches('label.search'))) say(`${rows.length} rows, ${long ? 'no' : 'a'} search`);
      if (wide && box.scrollWidth > box.clientWidth + 1) say(`cut off by ${box.scrollWidth - box.clientWidth}`);
      const edge = box.getBoundingClientRect();
      box.scrollTo(box.scrollWidth, box.scrollHeight);
      const stays = (cell, side) => Math.abs(cell.getBoundingClientRect()[side] - edge[side]) < 4;
      if (box.scrollTop > 0 && heads.length && !stays(heads[0], 'top')) say('the head scrolls away');
      if (box.scrollLeft > 0 && !stays(rows[0].cells[0], 'left')) say('the first column scrolls away');
      box.scrollTo(0, 0);
      heads.forEach((head, i) => {
        const values = new Set(rows.map((row) => row.cells[i]?.textContent));
        if (rows.length > 1 && values.size === 1) found.told.push(`"${head.textContent}" is the same in each row: ${name}`);
      });
    }
    return found;
  }, width === WIDE);
  told.forEach(note);
  return faults;
}

// The highlighter has classes of one letter, and the page of the articles as well: no mark may be drawn over code.
const code = ({ page, once }) => !once ? null : page.evaluate(() => {
  const spans = [...document.querySelectorAll('.highlight span')];
  if (!spans.length) return null;
  const drawn = spans.filter((span) => {
    const { boxShadow, borderBottomStyle, backgroundImage, textDecorationLine } = getComputedStyle(span);
    return [boxShadow, borderBottomStyle, backgroundImage, textDecorationLine].some((style) => style !== 'none');
  });
  return drawn.slice(0, 5).map((span) => `a mark over "${span.textContent}"`);
});

// A term says its gloss without leaving the page, by pointing and by keyboard; Escape takes it away.
async function terms({ page }) {
  const all = page.locator('main .term');
  const n = await all.count();
  if (!n) return null;
  const faults = [];
  const dumb = await all.evaluateAll((links) => links.filter((link) => !link.dataset.note).map((link) => link.textContent));
  if (dumb.length) faults.push(`${dumb.length} say nothing: ${dumb.slice(0, 3).join(', ')}`);
  const note = page.locator('#note');
  const said = async () => ((await note.count()) && (await note.isVisible()) ? note.textContent() : '');
  for (const nth of new Set([0, Math.floor(n / 2), n - 1])) {
    const term = all.nth(nth);
    if (!(await term.isVisible())) continue;
    const wanted = (await term.getAttribute('data-note')) || 'a gloss';
    await term.hover();
    if ((await said()) !== wanted) faults.push(`pointing at term ${nth} does not show its gloss`);
    await page.keyboard.press('Escape');
    if (await said()) faults.push('Escape does not take the gloss away');
    await page.mouse.move(0, 0);
    await term.focus();
    if ((await said()) !== wanted) faults.push(`term ${nth} in focus does not show its gloss`);
    const box = (await said()) && (await note.boundingBox());
    if (box && (box.x < 0 || box.x + box.width > page.viewportSize().width)) faults.push('the gloss sticks out');
    await page.keyboard.press('Escape');
  }
  return faults;
}

// The list of headings stands beside the text where there is room, and opens by keyboard where there is none.
// Its entries are short, and one is marked as the page scrolls.
async function contents({ page, width }) {
  const toc = page.locator('details.toc');
  if (!(await toc.count())) return null;
  const isOpen = () => toc.evaluate((details) => details.open);
  const isReached = () => page.evaluate(() => document.activeElement.matches('details.toc > summary'));
  const first = await isOpen();
  const faults = first === (width === WIDE) ? [] : [`${first ? 'open' : 'closed'} at ${width}`];
  for (let tabs = 0; tabs < 60 && !(await isReached()); tabs++) await page.keyboard.press('Tab');
  const long = await toc.locator('li a').evaluateAll((links) =>
    links.map((link) => link.textContent.trim()).filter((text) => text.split(/\s+/).length > 5));
  faults.push(...long.map((text) => `more than five words: "${text}"`));
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  await page.waitForTimeout(100);
  if ((await toc.locator('li a[aria-current]').count()) !== 1) faults.push('the current section is not marked');
  await page.evaluate(() => scrollTo(0, 0));
  if (first) await page.keyboard.press('Enter');
  const shut = !(await isOpen());
  await page.keyboard.press('Enter');
  return shut && (await isOpen()) ? faults : [...faults, 'cannot be opened by keyboard'];
}

// What a search box and its table show now.
const searched = (label) => label.evaluate((element) => {
  const rows = [...element.nextElementSibling.querySelectorAll('tbody tr')];
  return {
    rows: rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(' ').toLowerCase()),
    shown: rows.map((row) => row.checkVisibility()),
    says: element.querySelector('output')?.textContent ?? '',
  };
});

// A search leaves the rows that hold the word, says how many, and gives all back.
async function searchOne(label) {
  const input = label.locator('input');
  const { rows } = await searched(label);
  const word = rows[0].split(/\s+/).find((some) => some && !rows.every((row) => row.includes(some)));
  if (!word) return ['every word of the first row is in all rows'];
  await input.pressSequentially(word);
  const { shown, says } = await searched(label);
  await input.fill('');
  const after = await searched(label);
  const hits = rows.filter((row) => row.includes(word)).length;
  const left = shown.filter(Boolean).length;
  const faults = [];
  const numbers = says.match(/\d+/g) ?? [];
  if (!rows.every((row, i) => shown[i] === row.includes(word))) {
    faults.push(`"${word}" leaves ${left} rows, ${hits} hold it`);
  }
  if (!numbers.includes(`${hits}`) || !numbers.includes(`${rows.length}`)) {
    faults.push(`"${word}": the output says "${says}"`);
  }
  if (!after.shown.every(Boolean)) faults.push('clearing does not give all rows back');
  return faults;
}

// Each long table has its own box; a folded table is opened first.
async function search({ page }) {
  const labels = await page.locator('label.search').all();
  for (const label of labels) await label.evaluate((box) => box.closest('details')?.setAttribute('open', ''));
  const faults = [];
  for (const label of labels) faults.push(...(await searchOne(label)));
  return labels.length ? faults : null;
}

// A reader without Chinese gets the gloss of a word of an article by pointing at it, and by walking to it with the keys.
async function words({ page }) {
  const line = page.locator('.line[tabindex="0"]:has(.w)').first();
  if (!(await line.count())) return null;
  const faults = [];
  const expect = async (wanted, fault) => {
    const note = page.locator('#note');
    const said = (await note.count()) && (await note.isVisible()) ? await note.textContent() : '';
    if (wanted ? !said.includes(wanted) : said) faults.push(`${fault} (the box says "${said.slice(0, 60)}")`);
  };
  const word = line.locator('.w').last();
  await word.hover();
  await expect((await word.getAttribute('data-note')) || 'a gloss', 'pointing at a word does not show its gloss');
  await page.keyboard.press('Escape');
  await expect('', 'Escape does not take the gloss away');
  await page.mouse.move(0, 0);
  await line.focus();
  await page.keyboard.press('ArrowRight');
  const walked = await page.evaluate(() => document.activeElement.closest('.line .w')?.dataset.note);
  if (walked) await expect(walked, 'walking to a word does not show its gloss');
  else faults.push('ArrowRight on a line does not move to a word');
  await page.keyboard.press('Escape');
  return faults;
}

// A link to a word of an article marks the word, in the middle of the screen; a link to a line does so too.
async function jumps({ page, once }) {
  const ids = await page.evaluate(() => [...document.querySelectorAll('.line, .w[id]')].map(({ id }) => id));
  if (!once || !ids.length) return null;
  const faults = [];
  for (const id of [ids[Math.floor(ids.length / 2)], ids.find((some) => some.startsWith('w-')), ids.at(-1)]) {
    await page.evaluate((to) => { location.hash = to; }, id);
    await page.waitForTimeout(100);
    faults.push(...await page.evaluate((to) => {
      const there = document.getElementById(to);
      const { top, bottom } = there.getBoundingClientRect();
      const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2 || scrollY === 0;
      const mark = there.matches('.hit') ? getComputedStyle(there).outlineStyle : getComputedStyle(there).backgroundColor;
      return [
        ...(!end && (top < innerHeight * 0.2 || top > innerHeight * 0.6) ? [`#${to} is at ${Math.round(top)} of ${innerHeight}`] : []),
        ...(bottom < 0 || top > innerHeight ? [`#${to} is off the screen`] : []),
        ...(['none', 'rgba(0, 0, 0, 0)'].includes(mark) ? [`#${to} is not marked`] : []),
      ];
    }, id));
  }
  await page.evaluate(() => { history.replaceState(null, '', location.pathname); scrollTo(0, 0); });
  await page.keyboard.press('Escape');
  return faults;
}

// The English of Chinese words: when pointed at, under the word, or none. The choice is kept, and moves nothing else.
async function glosses({ page }) {
  const choice = page.locator('#glosses');
  if (!(await page.locator('header').count()) || !(await page.locator('.term, .w').count())) return null;
  if (!(await choice.count())) return ['there is no switch'];
  const faults = [];
  const head = () => page.evaluate(() => [...document.querySelectorAll('header, h1')]
    .map((part) => part.getBoundingClientRect()).map(({ x, y, width, height }) => `${x} ${y + scrollY} ${width} ${height}`).join());
  const below = () => page.evaluate(() => [...document.querySelectorAll('.w[data-en], .term:not(td .term)')]
    .filter((word) => !['none', 'normal'].includes(getComputedStyle(word, '::after').content)).length);
  await page.reload();
  const before = await head();
  await choice.focus();
  for (const mode of ['under', 'none', 'point']) {
    await choice.selectOption(mode);
    const words = await page.locator('.w[data-en], .term:not(td .term)').count();
    if (words && (await below() > 0) !== (mode === 'under')) faults.push(`"${mode}": ${await below()} of ${words} words have English under them`);
    if ((await head()) !== before) faults.push(`"${mode}" moves the head of the page`);
    if (mode === 'point') continue;
    await page.reload();
    if ((await choice.inputValue()) !== mode) faults.push(`"${mode}" is not kept`);
  }
  return faults;
}

// Folded code and switched-on extras are part of the page: the checks after this one see them all.
async function unfold({ page }) {
  if (await page.locator('#glosses').count()) await page.selectOption('#glosses', 'under');
  await page.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true; });
  return null;
}

// What was folded away when the rules went over the page; they are slow, so only where it has the least room.
async function unfoldedAxe(seen) {
  const any = seen.width === NARROW && (await seen.page.locator('details').count());
  return any ? axe(seen, 'details') : null;
}

// A page that does not come out as pages cannot be filed or annotated.
async function pdf({ page, once, note }) {
  if (!once) return null;
  const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  note(`${sheets} pages of A4`);
  return sheets ? [] : ['no page comes out'];
}

// On paper there is nothing to click: no code to unfold and no way to other pages.
async function printed({ page, once }) {
  if (!once) return null;
  await page.emulateMedia({ media: 'print' });
  return page.evaluate(() => [...document.querySelectorAll('nav, details:has(pre), details pre')]
    .filter((element) => element.checkVisibility()).slice(0, 5)
    .map(({ localName, textContent }) => `${localName} "${textContent.trim().slice(0, 30)}"`));
}

// In this order: what needs the untouched page first, what is gathered on the way last.
export const CHECKS = {
  images, sideways, smallText, charts, numbers, axe, links, contents, search, terms, words, jumps, glosses, pdf,
  unfold, code, tables, 'sideways, unfolded': sideways, 'axe, unfolded': unfoldedAxe, printed, requests, quiet,
};
