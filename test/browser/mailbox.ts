import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { eventually } from '../support/eventually.ts'

const onceThere = (address: string, look: () => Promise<Email[]>): Promise<Email[]> =>
  eventually(async () => {
    const mails = await look()
    if (mails.length === 0) throw new Error(`no mail came to ${address}`)
    return mails
  })

/** The mails to an address, once there are any: without a mail server Doorvoer writes them as files. */
export const mailsTo = (home: string, address: string): Promise<Email[]> => {
  const folder = path.join(home, 'mails')
  return onceThere(address, async () => {
    const names = await readdir(folder).catch(() => [])
    const mails = await Promise.all(
      names
        .toSorted()
        .map(async (name) => PostalMime.parse(await readFile(path.join(folder, name)))),
    )
    return mails.filter(({ to }) => to?.some((each) => each.address === address))
  })
}

/** The mails to an address that a mail sandbox took, once there are any. @param mailbox its page */
export const mailsAt = (mailbox: string, address: string): Promise<Email[]> =>
  onceThere(address, async () => {
    const all = (await (await fetch(`${mailbox}mails`)).json()) as (Email & {
      envelope: { to: string[] }
    })[]
    return all.filter(({ envelope }) => envelope.to.includes(address))
  })

/** The address in a mail that holds `part`. @throws when there is none */
export const linkOf = ({ text = '', subject }: Email, part: string): string => {
  const found = text.match(/https?:\/\/\S+/g)?.find((each) => each.includes(part))
  if (found === undefined) throw new Error(`no link with ${part} in "${subject ?? ''}"`)
  return found
}
