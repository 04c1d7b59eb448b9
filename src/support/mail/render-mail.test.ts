import { expect, test } from 'vitest'
import { mailKinds } from './mail-kinds.ts'
import { renderMail } from './render-mail.ts'

const given = {
  name: 'Ria <b>',
  userName: 'ria@example.test',
  webshop: 'KMO Shops',
  accounting: 'Informer',
  licenceKey: 'AAAA-BBBB',
  installUrl: 'https://doorvoer.test/install?key=a&b=c',
  passwordUrl: 'https://doorvoer.test/password/x',
  passwordHours: 72,
}

test.each(['nl', 'en'] as const)('a registration mail (%s) brings the way in', (language) => {
  const mail = renderMail(mailKinds.registration.write(given, language))
  for (const fact of [given.userName, given.licenceKey, given.installUrl, given.passwordUrl]) {
    expect(mail.text).toContain(fact)
  }
  expect(mail.html).toContain('Ria &lt;b&gt;')
  expect(mail.html).toContain('key=a&amp;b=c')
})

test('a line break in a name starts no header', () => {
  const text = mailKinds.registration.write({ ...given, webshop: 'x\r\nBcc: all@x' }, 'en')
  expect(renderMail(text).subject).not.toMatch(/[\r\n]/)
})
