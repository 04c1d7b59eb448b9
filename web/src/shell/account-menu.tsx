import { Button, Divider, Popover, Stack, Text } from '@mantine/core'
import {
  IconHelpCircle,
  IconLogout,
  IconPlus,
  IconSettings,
  IconTelescope,
  IconUserCircle,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../api/queries.ts'
import { signOut } from '../api/session.ts'
import styles from './account-menu.module.css'
import { KeptLanguageChoice } from './kept-language-choice.tsx'
import { SchemeChoice } from './scheme-choice.tsx'

interface Props {
  user: Me['user']
}

/** Who is signed in, in which language and colours they look, and the way out. */
export const AccountMenu = ({ user }: Props) => {
  const { t } = useTranslation('shell')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [leaving, setLeaving] = useState(false)
  const [opened, setOpened] = useState(false)

  const leave = async () => {
    setLeaving(true)
    await signOut()
    await navigate({ to: '/sign-in', search: {} })
    queries.clear()
  }

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={300}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={styles['button']} onClick={() => setOpened(!opened)}>
          <IconUserCircle size={24} stroke={1.6} aria-hidden />
          <span className={styles['name']}>{user.name}</span>
          <span className="visually-hidden">{t('account.open')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('account.open')}>
        <Stack gap="md">
          <div>
            <Text fw={600}>{user.name}</Text>
            <Text size="sm" c="dimmed">
              {user.email}
            </Text>
          </div>
          <Stack gap={6}>
            <Text size="sm">{t('account.language')}</Text>
            <KeptLanguageChoice />
          </Stack>
          <Stack gap={6}>
            <Text size="sm">{t('account.scheme')}</Text>
            <SchemeChoice />
          </Stack>
          <Divider />
          {user.operator && (
            <Button
              variant="default"
              leftSection={<IconTelescope size={18} aria-hidden />}
              renderRoot={(props) => <Link to="/operator" {...props} />}
            >
              {t('account.console')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconSettings size={18} aria-hidden />}
            onClick={() => setOpened(false)}
            renderRoot={(props) => <Link to="/account" {...props} />}
          >
            {t('account.settings')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setOpened(false)}
            renderRoot={(props) => <Link to="/new" {...props} />}
          >
            {t('account.new')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconHelpCircle size={18} aria-hidden />}
            renderRoot={(props) => <Link to="/help" search={{}} {...props} />}
          >
            {t('account.help')}
          </Button>
          <Button
            variant="default"
            loading={leaving}
            leftSection={<IconLogout size={18} aria-hidden />}
            onClick={() => void leave()}
          >
            {t('account.signOut')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
