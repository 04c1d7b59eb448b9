import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const known = [
  // Without a window to draw it needs a third less of the processor.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const find = (): string | undefined =>
  [process.env['DOORVOER_TEST_CHROMIUM'], ...known, chromium.executablePath()].find(
    (file) => file !== undefined && file !== '' && existsSync(file),
  )

const quietly = (program: string, args: string[]): boolean => {
  try {
    execFileSync(program, args, {
      stdio: 'ignore',
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    return true
  } catch {
    return false
  }
}

/** What Debian calls it: the one without a window first, which not every release has. */
const packages = ['chromium-headless-shell', 'chromium']

const installPackage = (name: string): boolean => {
  console.log(`installing Chromium for the browser tests (apt-get install ${name})`)
  return quietly('apt-get', ['install', '-y', '--no-install-recommends', name])
}

/** Debian's package as root; Playwright's own download elsewhere. */
const install = (): void => {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const isThere =
      packages.some(installPackage) ||
      (quietly('apt-get', ['update']) && packages.some(installPackage))
    if (isThere && find() !== undefined) return
  }
  console.log('downloading Chromium for the browser tests (playwright install chromium)')
  quietly(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
}

/**
 * The Chromium of this machine, installed when there is none.
 * @returns null when it can neither be found nor installed
 */
export const findOrInstallChromium = (): string | null => {
  const found = find()
  if (found !== undefined) return found
  install()
  return find() ?? null
}
