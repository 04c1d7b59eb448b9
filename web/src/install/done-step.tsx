import { Button, Group, Text, Title } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Configuration } from '../api/configuration.ts'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import styles from './install.module.css'
import type { Step } from './steps.ts'

interface Props {
  configuration: Configuration
  steps: readonly Step[]
}

/** What happens from now on, or what is still missing. */
export const DoneStep = ({ configuration, steps }: Props) => {
  const { t } = useTranslation('install')
  const { id, state } = useIntegration()
  const shop = configuration.webshop.system.title
  const books = configuration.accounting.system.title
  const missing = steps.filter(({ name, done }) => name !== 'done' && !done)
  if (state !== 'active') {
    return (
      <section className={`${panel['panel'] ?? ''} ${styles['done'] ?? ''}`}>
        <Title order={2}>{t('notYet.title')}</Title>
        <Text>{t('notYet.text')}</Text>
        <Group>
          {missing.map(({ name }) => (
            <Button
              key={name}
              variant="default"
              renderRoot={(props) => <Link {...props} to="." search={{ step: name }} />}
            >
              {t(`step.${name}`)}
            </Button>
          ))}
        </Group>
      </section>
    )
  }
  const { goAhead } = configuration.settings
  return (
    <section className={`${panel['panel'] ?? ''} ${styles['done'] ?? ''}`}>
      <span className={styles['sign']} aria-hidden>
        <IconCheck size={30} stroke={2.2} />
      </span>
      <Title order={2}>{t('ready.title', { shop, books })}</Title>
      <ol>
        <li>{t('ready.sales', { shop })}</li>
        <li>{t(goAhead ? 'ready.goAhead' : 'ready.books', { books })}</li>
        <li>{t('ready.wrong')}</li>
      </ol>
      <Group>
        <Button
          renderRoot={(props) => (
            <Link
              {...props}
              to={goAhead ? '/i/$integrationId/open' : '/i/$integrationId/report'}
              params={{ integrationId: id }}
            />
          )}
        >
          {t(goAhead ? 'ready.toOpen' : 'ready.toReport')}
        </Button>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link {...props} to="/i/$integrationId/preview" params={{ integrationId: id }} />
          )}
        >
          {t('ready.toPreview')}
        </Button>
      </Group>
    </section>
  )
}
