import type { Fields } from '../../settings.ts'
import { documentSettings } from '../magento/settings.ts'

/** The four values an admin reads in the integration's page; activation fills them in by itself. */
export const credentials = {
  shopUrl: {
    kind: 'url',
    required: true,
    label: { nl: 'Adres van de webwinkel', en: 'Address of the webshop' },
    help: {
      nl: 'Bijvoorbeeld https://www.uwwinkel.nl; met map of index.php als uw winkel die nodig heeft.',
      en: 'For example https://www.yourshop.nl; with a folder or index.php if your shop needs one.',
    },
  },
  consumerKey: {
    kind: 'text',
    required: true,
    // Every key and secret of Magento is exactly 32 characters (contract §3.2).
    pattern: /^[a-zA-Z0-9]{32}$/,
    label: { nl: 'Consumer key', en: 'Consumer key' },
  },
  consumerSecret: {
    kind: 'secret',
    required: true,
    maxLength: 32,
    label: { nl: 'Consumer secret', en: 'Consumer secret' },
  },
  accessToken: {
    kind: 'text',
    required: true,
    pattern: /^[a-zA-Z0-9]{32}$/,
    label: { nl: 'Access token', en: 'Access token' },
  },
  accessTokenSecret: {
    kind: 'secret',
    required: true,
    maxLength: 32,
    label: { nl: 'Access token secret', en: 'Access token secret' },
  },
} as const satisfies Fields

export const settings = documentSettings
