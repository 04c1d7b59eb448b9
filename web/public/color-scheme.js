// Puts the chosen colours on the page before anything is painted, so that a dark screen does not flash white.
// Mantine keeps the choice under this key and goes on from here (see src/main.tsx).
{
  const { document, localStorage, matchMedia } = globalThis
  let chosen = null
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value')
  } catch {
    // A browser that forbids storage simply follows the system.
  }
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches
  const dark = chosen === 'dark' || (chosen !== 'light' && systemIsDark)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
}
