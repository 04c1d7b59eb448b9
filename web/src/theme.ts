import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

/** The colour of Doorvoer: a deep petrol, apart from the green, amber and red that mean something. */
const petrol: MantineColorsTuple = [
  '#edf6f8',
  '#d9ebf0',
  '#b3d7e0',
  '#8ac1cf',
  '#67adbf',
  '#3f93a8',
  '#257d93',
  '#17687d',
  '#105467',
  '#0c4050',
]

const gray: MantineColorsTuple = [
  '#f5f8f9',
  '#edf1f3',
  '#e1e8ea',
  '#d0d9dd',
  '#b3c0c6',
  '#8b9aa2',
  '#64747c',
  '#4a5a62',
  '#334249',
  '#1c282e',
]

/** Mantine's scale for the dark scheme: text first, the deepest ground last. */
const dark: MantineColorsTuple = [
  '#dfe7ea',
  '#b9c5ca',
  '#97a6ad',
  '#6d7d85',
  '#46545b',
  '#35424a',
  '#27333a',
  '#1a242a',
  '#131b20',
  '#0d1418',
]

const green: MantineColorsTuple = [
  '#eaf6ee',
  '#d3ebdb',
  '#a9d8b9',
  '#7cc395',
  '#56b077',
  '#389c60',
  '#28854e',
  '#1d6e3f',
  '#155a33',
  '#0f4727',
]

const amber: MantineColorsTuple = [
  '#fdf4e3',
  '#f9e7c3',
  '#f2d08b',
  '#eab854',
  '#dfa02b',
  '#c28512',
  '#9f6a08',
  '#855606',
  '#6c4505',
  '#543604',
]

const red: MantineColorsTuple = [
  '#fdf0ee',
  '#fadedb',
  '#f3b9b2',
  '#ea9288',
  '#e07064',
  '#d1503f',
  '#b93a2c',
  '#a02c20',
  '#842318',
  '#681b12',
]

/** System fonts only: nothing to fetch, and the letters people read all day. */
const fontFamily =
  "system-ui, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"

/** Text and ground of the quiet buttons, from the roles below. */
const tinted = (color: string, variant: 'light' | 'subtle') => ({
  color: `var(--doorvoer-${color}-text)`,
  background: variant === 'light' ? `var(--doorvoer-${color}-tint)` : 'transparent',
  hover:
    variant === 'light'
      ? `color-mix(in srgb, var(--doorvoer-${color}-tint), var(--doorvoer-${color}-text) 10%)`
      : `var(--doorvoer-${color}-tint)`,
})

export const theme = createTheme({
  colors: { petrol, gray, dark, green, amber, red },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  black: '#16232a',
  fontFamily,
  headings: {
    fontFamily,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  components: {
    InputWrapper: { styles: { label: { marginBottom: '0.25rem' } } },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input)
    // Tinted text has to stay readable on its tint: 4.5 to 1 in both schemes.
    return input.variant === 'light' || input.variant === 'subtle'
      ? { ...colors, ...tinted(input.color ?? 'petrol', input.variant) }
      : colors
  },
})

/** The roles of colours in Doorvoer's own style sheets, for each scheme. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': red[7],
    '--mantine-color-default-border': gray[4],
    '--doorvoer-ground': gray[0],
    '--doorvoer-surface': '#ffffff',
    '--doorvoer-raised': '#ffffff',
    '--doorvoer-line': gray[2],
    '--doorvoer-hover': gray[0],
    '--doorvoer-band': '#0e3f4e',
    '--doorvoer-violet-band': '#33264f',
    '--doorvoer-violet-text': '#4a3478',
    '--doorvoer-violet-tint': '#efebf8',
    '--doorvoer-petrol-text': petrol[8],
    '--doorvoer-gray-text': gray[7],
    '--doorvoer-green-text': green[8],
    '--doorvoer-amber-text': amber[8],
    '--doorvoer-red-text': red[7],
    '--doorvoer-green-tint': green[0],
    '--doorvoer-amber-tint': amber[0],
    '--doorvoer-red-tint': red[0],
    '--doorvoer-gray-tint': gray[1],
    '--doorvoer-petrol-tint': '#e4f0f4',
    '--doorvoer-chart-booked': petrol[6],
    '--doorvoer-chart-refused': red[5],
    '--doorvoer-chart-open': amber[4],
  },
  dark: {
    '--mantine-color-body': dark[8],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': red[3],
    '--mantine-color-default-border': dark[4],
    '--doorvoer-ground': dark[8],
    '--doorvoer-surface': dark[7],
    '--doorvoer-raised': dark[6],
    '--doorvoer-line': dark[5],
    '--doorvoer-hover': '#202b31',
    '--doorvoer-band': '#0b2a35',
    '--doorvoer-violet-band': '#241b38',
    '--doorvoer-violet-text': '#c5b6ec',
    '--doorvoer-violet-tint': '#2b2440',
    '--doorvoer-petrol-text': petrol[3],
    '--doorvoer-gray-text': dark[1],
    '--doorvoer-green-text': green[3],
    '--doorvoer-amber-text': amber[3],
    '--doorvoer-red-text': red[3],
    '--doorvoer-green-tint': '#17302a',
    '--doorvoer-amber-tint': '#332b1a',
    '--doorvoer-red-tint': '#3a2424',
    '--doorvoer-gray-tint': dark[6],
    '--doorvoer-petrol-tint': '#193742',
    '--doorvoer-chart-booked': petrol[4],
    '--doorvoer-chart-refused': red[4],
    '--doorvoer-chart-open': amber[3],
  },
})
