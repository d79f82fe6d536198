// Opens every page of the built site in a browser, without network, and reports what is wrong with it.
//
//     node check_pages.mjs [folder]       the pages of a folder, build/html if none is named
//     node check_pages.mjs --self-test    a page of known faults, each of which must be found

import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { CHECKS, NARROW, WIDE } from './checks.mjs';

const STATES = [NARROW, WIDE].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })));
const BROWSER = {
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

// A page in a context of its own: nothing may be loaded but the page, and all that it asks for or complains of is kept.
async function open(browser, folder, { name, width, scheme }) {
  const options = { viewport: { width, height: 900 }, colorScheme: scheme, serviceWorkers: 'block' };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const own = pathToFileURL(join(folder, name)).href;
  const [requested, complaints] = [[], []];
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url === own || url.startsWith('data:')) return route.continue();
    requested.push(`${route.request().resourceType()} ${url}`);
    return route.abort();
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (said) => {
    if (['error', 'warning'].includes(said.type())) complaints.push(`${said.type()}: ${said.text()}`);
  });
  await page.goto(own);
  return { page, folder, width, once: width === WIDE && scheme === 'light', requested, complaints };
}

// All checks on one page, at one width, in one scheme; a check that breaks off has found a fault.
async function visit(browser, folder, job) {
  const seen = await open(browser, folder, job);
  const where = { name: job.name, state: `${job.width} ${job.scheme}` };
  const [results, notes] = [[], []];
  for (const [check, run] of Object.entries(CHECKS)) {
    seen.note = (text) => notes.push({ ...where, check, faults: [text] });
    const faults = await Promise.resolve(seen).then(run).catch((error) => [error.message.split('\n')[0]]);
    if (faults) results.push({ ...where, check, faults });
  }
  await seen.page.context().close();
  return { results, notes };
}

// Every page, the largest first, two at a time.
async function checkSite(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
  names.sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
  const jobs = names.flatMap((name) => STATES.map((state) => ({ name, ...state })));
  const browser = await chromium.launch(BROWSER);
  const visits = [];
  const work = async () => { while (jobs.length) visits.push(await visit(browser, folder, jobs.shift())); };
  await Promise.all([work(), work()]);
  await browser.close();
  const all = (kind) => visits.flatMap((each) => each[kind]);
  return { names, results: all('results'), notes: all('notes') };
}

// The same words about the same page stand once, with the widths and schemes that they hold for.
function tell(results) {
  const states = new Map();
  for (const { name, check, state, faults } of results) {
    for (const fault of faults) {
      const line = `${name}: ${check}: ${fault.replaceAll('\n', '\n    ')}`;
      states.set(line, [...(states.get(line) ?? []), state]);
    }
  }
  for (const [line, where] of [...states].sort()) console.log(`${line}\n    at ${where.sort().join(', ')}`);
}

// A feature that no page has any more is not checked any more: say how many have it.
function tellFeatures(names, results) {
  for (const feature of ['contents', 'search', 'terms', 'words', 'jumps', 'glosses', 'code', 'tables']) {
    const having = new Set(results.filter(({ check }) => check === feature).map(({ name }) => name));
    console.log(`${feature}: on ${having.size} of ${names.length} pages`);
  }
}

// A page with one fault for each thing looked at, and for each the check and the words that must report it.
const KNOWN_FAULTS = `<!DOCTYPE html><html lang="en"><head><title>Known faults</title><style>.n { box-shadow: inset 0 1px red; }</style>
<link rel="preconnect" href="https://hint.invalid"></head>
<body><nav>Pages</nav><main><h1>Known faults</h1><h4>A jump</h4>
<img src="https://outside.invalid/picture.png" width="9" height="9">
<p style="color: #999; background: #aaa">Grey on grey</p>
<details><summary>code</summary><pre id="folded" style="color: #999; background: #aaa">Folded grey</pre></details>
<p style="width: 2000px">Wide</p><p style="font-size: 9px">Small</p>
<a href="#nowhere">no anchor</a> <a href="absent.html">no file</a> <a href="../outside.html">out</a>
<details class="toc" open><summary tabindex="-1">On this page</summary>
<ol><li><a href="#">A heading of more than five words</a></li></ol></details>
<div class="chart" style="overflow-x: auto; width: 200px" aria-label="Chart of a fault"><p style="width: 400px">wide</p></div>
<table><thead><tr><th>count</th></tr></thead><tbody><tr><td>7</td></tr></tbody></table>
<div class="highlight"><pre><span class="n">name</span></pre></div><p><a class="term" href="#">a term</a></p>
<label class="search">Search <input type="search"> <output></output></label>
<table><tbody><tr><td>one</td></tr><tr><td>two</td></tr></tbody></table>
<div class="table" style="overflow: auto; width: 90px; height: 60px"><table><caption>Rows</caption><thead><tr><th>first column</th><th>second column</th></tr></thead>
<tbody>${'<tr><td>one</td><td>two</td></tr>'.repeat(15)}</tbody></table></div>
<header><select id="glosses" aria-label="Glosses"><option>point</option><option>under</option><option>none</option></select></header>
<div class="line" id="a-1" tabindex="0"><span class="w" id="w-1" data-en="word" data-note="a note">word</span></div></main>
<script>console.error('a known error'); console.warn('a known warning'); throw new Error('a known throw');</script>
</body></html>`;
const MUST_FIND = [
  ['requests', 'image https://outside.invalid/'], ['requests', 'hint https://hint.invalid/'],
  ['quiet', 'a known error'], ['quiet', 'a known warning'], ['quiet', 'a known throw'],
  ['axe', 'image-alt'], ['axe', 'color-contrast'], ['axe', 'heading-order'], ['axe, unfolded', '#folded'],
  ['sideways', '"Wide"'], ['sideways, unfolded', '"Wide"'], ['images', 'not decoded'], ['smallText', 'p at 9px'],
  ['links', '#nowhere has no anchor'], ['links', 'absent.html has no file'], ['links', 'leads out of the site'],
  ['charts', 'cut off: Chart of a fault'], ['numbers', '"count"'], ['code', 'a mark over "name"'],
  ['terms', '1 say nothing'], ['terms', 'pointing at term 0'], ['terms', 'term 0 in focus'],
  ['contents', 'more than five words'], ['contents', 'the current section is not marked'],
  ['contents', 'open at 320'], ['contents', 'cannot be opened by keyboard'],
  ['search', 'leaves 2 rows, 1 hold it'], ['search', 'the output says ""'],
  ['words', 'pointing at a word'], ['words', 'ArrowRight'], ['jumps', 'is not marked'],
  ['glosses', '"under": 0 of'], ['glosses', '"none" is not kept'],
  ['tables', '15 rows, no search'], ['tables', 'cut off by'], ['tables', 'the head scrolls away'], ['tables', 'the first column scrolls away'],
  ['printed', 'nav "Pages"'], ['printed', 'pre "Folded grey"'],
];

// A check that cannot fail proves nothing: show that each of these does.
async function selfTest() {
  const folder = mkdtempSync(join(tmpdir(), 'known-faults-'));
  writeFileSync(join(folder, 'faults.html'), KNOWN_FAULTS);
  const { results } = await checkSite(folder);
  rmSync(folder, { recursive: true });
  const missed = MUST_FIND.filter(([wanted, words]) =>
    !results.some(({ check, faults }) => check === wanted && faults.some((fault) => fault.includes(words))));
  for (const [check, words] of missed) console.log(`self-test: ${check} does not report: ${words}`);
  console.log(`self-test: ${MUST_FIND.length - missed.length} of ${MUST_FIND.length} known faults found`);
  return missed.length === 0;
}

// All that was seen, then the faults, then one line that sums up.
async function main(folder) {
  const { names, results, notes } = await checkSite(resolve(folder));
  const failed = results.filter(({ faults }) => faults.length);
  tell(notes);
  tellFeatures(names, results);
  tell(failed);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  return names.length > 0 && failed.length === 0;
}

const argument = process.argv[2] ?? 'build/html';
process.exitCode = (await (argument === '--self-test' ? selfTest() : main(argument))) ? 0 : 1;
