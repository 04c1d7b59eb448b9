import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  reference: string
  children: ReactNode
}

/** A ticket was opened: what it is called, and what happens now. */
export const Sent = ({ reference, children }: Props) => {
  const { t } = useTranslation('support')
  return (
    <Stack role="status">
      <Text>{t('sent.text', { reference })}</Text>
      <Group justify="flex-end">{children}</Group>
    </Stack>
  )
}
