import { type Magento1 } from '../index.ts'

/**
 * The administrator's browser on the consent page: signs in, decides, and tells where it is sent. The cookie is
 * passed on by hand: it is marked Secure, and this shop speaks http.
 */
export async function decide(
  shop: Magento1,
  consentUrl: string,
  decision: 'confirm' | 'reject',
): Promise<{ status: number; location: string | null; body: string }> {
  const { name, password } = shop.administrator
  const form = new URLSearchParams({ 'login[username]': name, 'login[password]': password })
  const entered = await fetch(consentUrl, { method: 'POST', redirect: 'manual', body: form })
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const url = new URL(consentUrl)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${decision}`
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    body: await answer.text(),
  }
}
