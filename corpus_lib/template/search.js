// Put a search box over each long table; it hides the rows that do not hold what is typed.
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
