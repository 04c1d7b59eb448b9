import { Button, Stack } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Configuration, Settings, Side, Value } from '../api/configuration.ts'
import { isChanged } from '../api/failure.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Section } from '../parts/section.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './configuration.module.css'
import type { DraftHandle } from './draft.ts'
import { FieldList } from './field-list.tsx'
import { FirstSalesSection } from './first-sales-section.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { Limits } from './limits.tsx'
import { NumbersSection } from './numbers-section.tsx'
import { OutdatedNotice } from './outdated-notice.tsx'
import type { PartProps } from './part.ts'
import { PaymentSection } from './payment-section.tsx'
import { useSaving } from './save.ts'
import { TryBox } from './try-box.tsx'
import { VatPositionSection } from './vat-position-section.tsx'
import { VatTableSection } from './vat-table-section.tsx'

interface Props {
  configuration: Configuration
  handle: DraftHandle
  /** What the button says, and whether it can be pressed without a change. */
  action: string
  always?: boolean
  onSaved: (active: boolean) => void
}

/** Everything a merchant decides, from what the two systems offer (spec §2.4). */
export const ConfigurationForm = ({ configuration, handle, action, always, onSaved }: Props) => {
  const { t } = useTranslation('configuration')
  const { id, mayChange } = useIntegration()
  const { mistakes, busy, failure, save } = useSaving(id, configuration, handle)
  const { draft, dirty, outdated, change } = handle
  const { webshop, accounting, vatTable } = configuration
  const disabled = !mayChange || busy
  const part: PartProps = {
    settings: draft.settings,
    mistakes: mistakes.settings,
    disabled,
    onChange: (settings: Partial<Settings>) =>
      change({ settings: { ...draft.settings, ...settings } }),
  }
  const fields = (side: Side) => (
    <FieldList
      fields={configuration[side].system.settings}
      values={draft[side]}
      choices={configuration[side].choices}
      mistakes={mistakes[side]}
      disabled={disabled}
      onChange={(name: string, value: Value) =>
        change({ [side]: { ...draft[side], [name]: value } })
      }
    />
  )
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const saved = await save()
    if (saved !== null) onSaved(saved.active)
  }
  const changedElsewhere = isChanged(failure)
  const wrong = [mistakes.settings, mistakes.webshop, mistakes.accounting].some(
    (each) => Object.keys(each).length > 0,
  )

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Section title={t('shop.title', { shop: webshop.system.title })} intro={t('shop.intro')}>
          {fields('webshop')}
        </Section>
        <Section
          title={t('books.title', { books: accounting.system.title })}
          intro={t('books.intro')}
        >
          {fields('accounting')}
        </Section>
        <NumbersSection {...part} />
        {vatTable !== null && (
          <VatTableSection
            {...part}
            destinations={vatTable}
            choices={accounting.choices}
            system={accounting.system.title}
          />
        )}
        <PaymentSection {...part} choices={webshop.choices} system={accounting.system.title} />
        <VatPositionSection {...part} />
        <FirstSalesSection {...part} />
        <Limits configuration={configuration} />
        <TryBox configuration={configuration} draft={draft} dirty={dirty || always === true} />
        {outdated && <OutdatedNotice handle={handle} />}
        {failure !== undefined && !(changedElsewhere && outdated) && !wrong && (
          <FailureNotice error={failure} />
        )}
        {mayChange && (
          <div className={styles['foot']}>
            <span className={styles['state']} role="status">
              {wrong ? t('foot.wrong') : dirty ? t('foot.dirty') : t('foot.clean')}
            </span>
            <span>
              {dirty && (
                <Button variant="subtle" color="gray" mr="xs" onClick={handle.drop}>
                  {t('foot.undo')}
                </Button>
              )}
              <Button
                type="submit"
                loading={busy}
                disabled={outdated || (!dirty && always !== true)}
              >
                {action}
              </Button>
            </span>
          </div>
        )}
        <LeaveGuard dirty={dirty} onDrop={handle.drop} />
      </Stack>
    </form>
  )
}
