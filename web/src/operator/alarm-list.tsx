import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { Moment } from '../parts/moment.tsx'
import panel from '../parts/panel.module.css'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import styles from './alarm-list.module.css'
import { alarmSigns, alarmText } from './alarm-words.ts'
import { IntegrationName } from './integration-name.tsx'
import type { Alarm } from './operator-queries.ts'
import { useDeed } from './use-deed.ts'

interface Props {
  alarms: readonly Alarm[]
  /** Whether each names its integration; not on that integration's own page. */
  withName?: boolean
}

/** Alarms with what they say, who looks into them, and when they were over. */
export const AlarmList = ({ alarms, withName = false }: Props) => {
  const { t } = useTranslation('operator')
  const { attempt } = useDeed()
  const [asked, setAsked] = useState<Alarm>()
  return (
    <>
      <ul
        className={`${panel['panel'] ?? ''} ${styles['alarms'] ?? ''}`}
        aria-label={t('alarms.title')}
      >
        {alarms.map((alarm) => {
          const Sign = alarmSigns[alarm.kind]
          return (
            <li key={alarm.id} className={styles['alarm']} data-over={alarm.resolvedAt !== null}>
              <Sign size={22} className={styles['sign']} aria-hidden />
              <div className={styles['words']}>
                {withName && alarm.integration && (
                  <IntegrationName integration={alarm.integration} />
                )}
                <p className={styles['text']}>{alarmText(t, alarm)}</p>
                <p className={styles['small']}>
                  {t('alarms.raised')} <Moment at={alarm.raisedAt} />
                  {alarm.resolvedAt !== null && (
                    <>
                      {' · '}
                      {t('alarms.resolved')} <Moment at={alarm.resolvedAt} />
                    </>
                  )}
                  {alarm.acknowledgedBy !== null &&
                    ` · ${t('alarms.acknowledgedBy', { name: alarm.acknowledgedBy })}`}
                </p>
              </div>
              {alarm.acknowledgedAt === null && alarm.resolvedAt === null && (
                <Group className={styles['deed'] ?? ''}>
                  <Button size="xs" variant="default" onClick={() => setAsked(alarm)}>
                    {t('alarms.acknowledge')}
                    <span className="visually-hidden">: {alarm.integration?.name}</span>
                  </Button>
                </Group>
              )}
            </li>
          )
        })}
      </ul>
      <ReasonDialog
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={t('alarms.acknowledge')}
        text={t('alarms.acknowledgeText')}
        confirm={t('alarms.acknowledge')}
        optional
        onConfirm={(note) =>
          attempt(() =>
            call('POST /api/operator/alarms/:alarmId/acknowledge', {
              params: { alarmId: asked?.id ?? '' },
              body: { note },
            }),
          )
        }
      />
    </>
  )
}
