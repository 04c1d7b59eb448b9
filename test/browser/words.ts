import englishConfiguration from '../../web/src/i18n/en/configuration.json' with { type: 'json' }
import englishConnecting from '../../web/src/i18n/en/connecting.json' with { type: 'json' }
import englishFront from '../../web/src/i18n/en/front.json' with { type: 'json' }
import englishInstall from '../../web/src/i18n/en/install.json' with { type: 'json' }
import englishOpen from '../../web/src/i18n/en/open.json' with { type: 'json' }
import englishParts from '../../web/src/i18n/en/parts.json' with { type: 'json' }
import englishPreview from '../../web/src/i18n/en/preview.json' with { type: 'json' }
import englishReport from '../../web/src/i18n/en/report.json' with { type: 'json' }
import englishShell from '../../web/src/i18n/en/shell.json' with { type: 'json' }
import englishSignIn from '../../web/src/i18n/en/sign-in.json' with { type: 'json' }
import dutchConfiguration from '../../web/src/i18n/nl/configuration.json' with { type: 'json' }
import dutchConnecting from '../../web/src/i18n/nl/connecting.json' with { type: 'json' }
import dutchFront from '../../web/src/i18n/nl/front.json' with { type: 'json' }
import dutchInstall from '../../web/src/i18n/nl/install.json' with { type: 'json' }
import dutchOpen from '../../web/src/i18n/nl/open.json' with { type: 'json' }
import dutchParts from '../../web/src/i18n/nl/parts.json' with { type: 'json' }
import dutchPreview from '../../web/src/i18n/nl/preview.json' with { type: 'json' }
import dutchReport from '../../web/src/i18n/nl/report.json' with { type: 'json' }
import dutchShell from '../../web/src/i18n/nl/shell.json' with { type: 'json' }
import dutchSignIn from '../../web/src/i18n/nl/sign-in.json' with { type: 'json' }

/** What stands on the screen, in both languages: a test reads it as people do. */
const dutch = {
  configuration: dutchConfiguration,
  connecting: dutchConnecting,
  front: dutchFront,
  install: dutchInstall,
  open: dutchOpen,
  parts: dutchParts,
  preview: dutchPreview,
  report: dutchReport,
  shell: dutchShell,
  signIn: dutchSignIn,
}

export type Words = typeof dutch

const english: Words = {
  configuration: englishConfiguration,
  connecting: englishConnecting,
  front: englishFront,
  install: englishInstall,
  open: englishOpen,
  parts: englishParts,
  preview: englishPreview,
  report: englishReport,
  shell: englishShell,
  signIn: englishSignIn,
}

export const words = { nl: dutch, en: english }

/** A text with its gaps filled. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')
