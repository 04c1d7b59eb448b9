import { Combobox, useCombobox } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { IconSelector } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration } from '../api/queries.ts'
import { ConnectionDot } from './connection-dot.tsx'
import styles from './integration-picker.module.css'

/** From this many on, a field to search them appears: accountants have dozens. */
const searchFrom = 7

interface Props {
  integrations: readonly Integration[]
  current: Integration
  /** Told when the list opens and closes. */
  onPicking: (picking: boolean) => void
}

/** Which webshop and bookkeeping everything below is about, and how both connections stand. */
export const IntegrationPicker = ({ integrations, current, onPicking }: Props) => {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      onPicking(false)
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setSearch('')
    },
    onDropdownOpen: () => {
      onPicking(true)
      if (integrations.length >= searchFrom) combobox.focusSearchInput()
      combobox.selectActiveOption()
    },
  })

  // Stopped ones stay out of the way, except when somebody is looking at one.
  const live = integrations.filter((each) => each.state !== 'stopped' || each.id === current.id)
  const found = live.filter(({ name, merchant, webshop, accounting }) =>
    [name, merchant, webshop.title, accounting.title]
      .join(' ')
      .toLowerCase()
      .includes(search.trim().toLowerCase()),
  )
  const choose = (integrationId: string) => {
    combobox.closeDropdown()
    void navigate({ to: '/i/$integrationId/report', params: { integrationId } })
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      width="max-content"
      offset={4}
      position="bottom-start"
      withinPortal={false}
    >
      <Combobox.Target targetType="button" withAriaAttributes>
        <button
          type="button"
          className={styles['button']}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className="visually-hidden">{t('picker.label')}: </span>
          <span className={styles['names']}>
            <span className={styles['name']}>{current.name}</span>
            <span className={styles['ends']}>
              <ConnectionDot connection={current.webshop} />
              <span className={styles['line']} aria-hidden />
              <ConnectionDot connection={current.accounting} />
            </span>
          </span>
          <IconSelector size={18} className={styles['arrows']} aria-hidden />
        </button>
      </Combobox.Target>
      {combobox.dropdownOpened && <div className={styles['veil']} />}
      <Combobox.Dropdown className={styles['dropdown'] ?? ''}>
        {live.length >= searchFrom && (
          <Combobox.Search
            value={search}
            aria-label={t('picker.search')}
            placeholder={t('picker.search')}
            classNames={{ input: styles['search'] ?? '' }}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <Combobox.Options
          aria-label={t('picker.label')}
          className={styles['options'] ?? ''}
          tabIndex={0}
        >
          {found.length === 0 && <Combobox.Empty>{t('picker.none')}</Combobox.Empty>}
          {found.map((each) => (
            <Combobox.Option
              key={each.id}
              value={each.id}
              active={each.id === current.id}
              className={styles['option'] ?? ''}
            >
              <span className={styles['optionName']}>
                {each.name}
                {each.merchant !== each.name && <span>{each.merchant}</span>}
              </span>
              <span className={styles['optionEnds']}>
                <ConnectionDot connection={each.webshop} withWord />
                <ConnectionDot connection={each.accounting} withWord />
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
