import { expect, it } from 'vitest'
import { zipOf } from './zip.ts'

const content = Buffer.from('x')

it.each(['../a', 'a/../../b', '/etc/passwd', 'C:/a', 'a\\..\\b', '', 'a\0b', '..'])(
  'a file of a zip never leads out of it: %j',
  (path) => {
    expect(() => zipOf([{ path, content }])).toThrow('leads out')
  },
)

it.each(['a.json', 'app/code/a.php', '.htaccess', 'a..b/c'])(
  'but may lie in a folder: %j',
  (path) => {
    expect(zipOf([{ path, content }]).toString('latin1')).toContain(path)
  },
)
