import { Button, Group, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'

interface Props {
  dirty: boolean
  /** The person leaves and lets go of what was typed. */
  onDrop: () => void
}

/**
 * Asks before unsaved changes are left behind. Being sent to the door because the session ended is no leaving:
 * what was typed is there again after signing in (api/kept.ts).
 */
export const LeaveGuard = ({ dirty, onDrop }: Props) => {
  const { t } = useTranslation('configuration')
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      dirty && next.pathname !== '/sign-in' && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  })
  const stay = () => blocker.reset?.()
  return (
    <Dialog opened={blocker.status === 'blocked'} title={t('leave.title')} onClose={stay}>
      <Text>{t('leave.text')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button
          variant="default"
          onClick={() => {
            onDrop()
            blocker.proceed?.()
          }}
        >
          {t('leave.go')}
        </Button>
        <Button data-autofocus onClick={stay}>
          {t('leave.stay')}
        </Button>
      </Group>
    </Dialog>
  )
}
