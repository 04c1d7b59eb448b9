import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** `contrast`: only what another colour scheme can change. */
export type Depth = 'everything' | 'contrast'

/**
 * What axe finds wrong with a page: WCAG 2.2 A and AA, and its best practices. No frame of elsewhere is on our pages,
 * and what passes is not asked for: that takes a quarter of the time.
 */
export const complaintsOf = async (page: Page, depth: Depth = 'everything'): Promise<string[]> => {
  // Half a megabyte that is read twice: what a document has already is not handed over again.
  const isThere = await page.evaluate<boolean>('"axe" in window')
  const { violations } = await new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
    .setLegacyMode(true)
    .options({
      resultTypes: ['violations'],
      ...(depth === 'contrast' && { runOnly: ['color-contrast'] }),
    })
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => {
      const why = (node.failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 220)
      return `axe ${id}: ${node.html.slice(0, 160)} ${why}`
    }),
  )
}

/** How far something sticks out of a page to the right, in px; a phone is narrow. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )

/** Whether the tab of this page is cut off by the screen; false where there are no tabs. */
export const isTabCutOff = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`(() => {
    const tab = document.querySelector('nav [aria-current=page]')
    if (tab === null) return false
    const { left, right } = tab.getBoundingClientRect()
    return left < -1 || right > document.documentElement.clientWidth + 1
  })()`)
