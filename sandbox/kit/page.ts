const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1f24 }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d8dee4 }
td.number { text-align: right; font-variant-numeric: tabular-nums } code { background: #f3f4f6; padding: .1rem .3rem }
p.empty { color: #57606a }`

/** Makes text safe to put in an HTML page. */
export function escapeHtml(value: string | number | boolean): string {
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A self-contained back-office page. `content` is HTML, the title is text. */
export function page(title: string, content: string): string {
  const name = escapeHtml(title)
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head>` +
    `<body><h1>${name}</h1>${content}</body></html>`
  )
}

/** A table of plain values; numbers are set to the right. */
export function table(heads: string[], rows: (string | number | boolean)[][]): string {
  if (rows.length === 0) return '<p class="empty">None.</p>'
  const head = heads.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

function cell(value: string | number | boolean): string {
  const name = typeof value === 'number' ? ' class="number"' : ''
  return `<td${name}>${escapeHtml(value)}</td>`
}
