import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  configurationQuery,
  type Configuration,
  type End,
  type Side,
} from '../api/configuration.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Moment } from '../parts/moment.tsx'
import panel from '../parts/panel.module.css'
import { ConnectionDot } from '../shell/connection-dot.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './connection-panel.module.css'
import { Findings } from './findings.tsx'
import { useConnect, type Connecting } from './use-connect.ts'
import { Ways } from './ways.tsx'

/** How often the page looks whether a shop connected itself meanwhile. */
const lookAgainMs = 3_000

interface Props {
  side: Side
  configuration: Configuration
}

/** One end of the integration: how it stands, and how it is connected. */
export const ConnectionPanel = ({ side, configuration }: Props) => {
  const { t } = useTranslation('connecting')
  const titleId = useId()
  const { id, mayChange, state } = useIntegration()
  const language = useLanguage()
  const connecting = useConnect(id, side)
  const [again, setAgain] = useState(false)
  const end = configuration[side]
  const isNew = end.dot === 'new' && !end.hasCredentials
  const editing = mayChange && state !== 'stopped' && (isNew || again)
  const comesByItself = end.ways.store || end.ways.activation !== null

  // Activated in the shop or from its store: nobody tells this page.
  useQuery({
    ...configurationQuery(id, language),
    refetchInterval: lookAgainMs,
    enabled: editing && comesByItself,
  })
  // Connected in another window: what is asked here is answered.
  const [seen, setSeen] = useState(end.checkedAt)
  if (end.checkedAt !== seen) {
    setSeen(end.checkedAt)
    if (end.dot === 'green') setAgain(false)
  }

  return (
    <section
      className={`${panel['panel'] ?? ''} ${styles['connection'] ?? ''}`}
      aria-labelledby={titleId}
    >
      <div className={styles['head']}>
        <Title order={2} id={titleId}>
          {t(`side.${side}`)}
        </Title>
        <ConnectionDot
          connection={{
            system: end.system.id,
            title: end.system.title,
            dot: end.dot,
            problem: end.problem,
            checkedAt: end.checkedAt,
          }}
          withWord
        />
      </div>
      <Stack gap="md">
        {editing ? (
          <Ways
            side={side}
            configuration={configuration}
            connecting={connecting}
            onCancel={again ? () => setAgain(false) : undefined}
          />
        ) : (
          <Standing
            end={end}
            connecting={connecting}
            mayChange={mayChange && state !== 'stopped'}
            onAgain={() => setAgain(true)}
          />
        )}
        {connecting.failure !== undefined && <FailureNotice error={connecting.failure} />}
        {editing && <Findings findings={connecting.findings} />}
      </Stack>
    </section>
  )
}

interface StandingProps {
  end: End
  connecting: Connecting
  mayChange: boolean
  onAgain: () => void
}

const choosable = ['ADMINISTRATION_NOT_CHOSEN', 'ADMINISTRATION_CLOSED']

const Standing = ({ end, connecting, mayChange, onAgain }: StandingProps) => {
  const { t } = useTranslation('connecting')
  const mustChoose = mayChange && end.problem !== null && choosable.includes(end.problem.code)
  return (
    <>
      {end.problem !== null && !mustChoose && connecting.findings.length === 0 && (
        <div className={styles['problem']} role="status">
          <strong>{end.problem.text}</strong>
          <p>
            {end.problem.cause} {end.problem.remedy}
          </p>
        </div>
      )}
      {!mustChoose && <Findings findings={connecting.findings} />}
      {mustChoose && <AdministrationChoice end={end} connecting={connecting} />}
      {end.checkedAt !== null && (
        <Text size="sm" c="dimmed">
          {t('lookedAt')} <Moment at={end.checkedAt} />
        </Text>
      )}
      {mayChange && (
        <Group gap="sm">
          <Button
            variant={end.dot === 'red' && !mustChoose ? 'filled' : 'default'}
            onClick={onAgain}
          >
            {t(end.hasCredentials ? 'reconnect' : 'connect')}
          </Button>
          {end.hasCredentials && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={connecting.busy === 'check'}
              loaderProps={{ 'aria-label': t('busy') }}
              onClick={() => void connecting.check()}
            >
              {t('refresh')}
            </Button>
          )}
        </Group>
      )}
    </>
  )
}

interface ChoiceProps {
  end: End
  connecting: Connecting
}

/** Without it nothing else can be chosen, so it is asked at once. */
const AdministrationChoice = ({ end, connecting }: ChoiceProps) => {
  const { t } = useTranslation('connecting')
  const offered = end.choices['administrations'] ?? []
  const closed = end.choices['closedAdministrations'] ?? []
  const [chosen, setChosen] = useState('')
  const [missing, setMissing] = useState(false)
  const choose = () => {
    setMissing(chosen === '')
    if (chosen === '') return
    void connecting.choose({ ...end.settings, administration: chosen })
  }
  return (
    <Stack gap="sm">
      <Text>{t('administration.text')}</Text>
      <NativeSelect
        label={t('administration.label')}
        value={chosen}
        error={missing && chosen === '' && t('administration.missing')}
        data={[
          { value: '', label: t('administration.choose') },
          ...offered,
          ...closed.map((each) => ({
            ...each,
            label: t('administration.closed', { name: each.label }),
            disabled: true,
          })),
        ]}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Button w="fit-content" loading={connecting.busy === 'choose'} onClick={choose}>
        {t('administration.use')}
      </Button>
    </Stack>
  )
}
