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
  const all = page.locator('main a.term');
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

// A reader without Chinese gets the gloss of a word by pointing at it, and by walking to it with the keys.
async function gloss({ page }) {
  const bar = page.locator('#gloss');
  if (!(await bar.count())) return null;
  const faults = [];
  const expect = async (title, fault) => {
    const text = (await bar.textContent()).trim();
    if (title ? !text.includes(title) : text) faults.push(`${fault} (the bar says "${text.slice(0, 60)}")`);
  };
  const line = page.locator('.line[tabindex="0"]:has([title])').first();
  const word = line.locator('[title]').last();
  await word.hover();
  await expect(await word.getAttribute('title'), 'pointing at a word does not show its title');
  await page.mouse.move(0, 0);
  await line.focus();
  await page.keyboard.press('Escape');
  await expect('', 'Escape does not empty the bar after pointing');
  await page.keyboard.press('ArrowRight');
  const title = await page.evaluate(() => document.activeElement.closest('.line [title]')?.title);
  if (title) await expect(title, 'walking to a word does not show its title');
  else faults.push('ArrowRight on a line does not move to a word');
  await page.keyboard.press('Escape');
  await expect('', 'Escape does not empty the bar after walking');
  return faults;
}

// Folded code and switched-on extras are part of the page: the checks after this one see them all.
async function unfold({ page }) {
  for (const box of await page.locator('input[type=checkbox]').all()) await box.check();
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
  images, sideways, smallText, charts, numbers, axe, links, contents, search, terms, gloss, pdf,
  unfold, code, 'sideways, unfolded': sideways, 'axe, unfolded': unfoldedAxe, printed, requests, quiet,
};
