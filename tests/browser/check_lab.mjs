// Opens the study in JupyterLab as a reader does: the landing page, then each notebook with
// "Restart Kernel and Run All Cells", and reports each cell that ends in an error or warns.
//
//     node check_lab.mjs http://127.0.0.1:8899 notebooks/01_corpus.ipynb notebooks/02_term_frequency.ipynb

import { chromium } from 'playwright-core';

const [address, ...notebooks] = process.argv.slice(2);
const BROWSER = { executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] };
const LANDING = 'notebooks/start.ipynb';
const IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]';
const FAULT = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']";

// The landing page links to each notebook.
async function landing(page) {
  await page.goto(`${address}/lab/tree/${LANDING}?reset`);
  await page.locator('.jp-MarkdownCell td a').first().waitFor();
  const links = await page.locator('.jp-MarkdownCell td a').evaluateAll((all) => all.map((a) => decodeURI(a.href)));
  return notebooks.filter((name) => !links.some((link) => link.includes(name))).map((name) => `no link to ${name}`);
}

// The notebook comes without numbers at its cells: each visible code cell must get one, and no output may be
// an error or a warning. A cell whose code is hidden shows no number.
async function runAll(page, name) {
  await page.goto(`${address}/lab/tree/${name}?reset`);
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
  await page.locator(IDLE).waitFor();
  await page.locator('.lm-MenuBar-itemLabel', { hasText: /^Run$/ }).click();
  await page.locator('.lm-Menu-itemLabel', { hasText: /^Restart Kernel and Run All Cells/ }).click();
  await page.locator('.jp-Dialog .jp-mod-accept').click();
  await page.waitForFunction(() => document.querySelector('.jp-OutputArea-output[data-mime-type*=error]')
    || [...document.querySelectorAll('.jp-CodeCell .jp-Cell-inputArea .jp-InputPrompt')].every((p) => /\d/.test(p.textContent)));
  await page.locator(IDLE).waitFor();
  return page.locator(FAULT).evaluateAll((all) => all.map((one) => one.textContent.trim().slice(0, 200)));
}

// On a busy machine a restart that comes right after the start of a kernel may be lost; then it is asked again.
async function twice(page, name, check) {
  return check(page).catch((error) => {
    console.log(`${name}: ${error.message.split('\n')[0]} Once more.`);
    return check(page);
  });
}

// Lab takes some seconds to start.
async function started() {
  for (let second = 0; second < 60; second += 1) {
    if (await fetch(`${address}/api`).then((answer) => answer.ok, () => false)) return;
    await new Promise((wait) => { setTimeout(wait, 1_000); });
  }
  throw new Error(`no JupyterLab at ${address}`);
}

await started();
const browser = await chromium.launch(BROWSER);
const context = await browser.newContext({ viewport: { width: 1280, height: 20_000 } });
let faults = 0;
for (const [name, check] of [['landing page', landing], ...notebooks.map((n) => [n, (page) => runAll(page, n)])]) {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const found = await twice(page, name, check).catch((error) => [error.message.split('\n')[0]]);
  for (const fault of found) console.log(`${name}: ${fault}`);
  if (!found.length) console.log(`${name}: ran without an error or a warning`);
  faults += found.length;
  await page.close();
}
await browser.close();
process.exitCode = faults ? 1 : 0;
