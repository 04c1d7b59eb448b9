import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props {
  rows?: number
  height?: number
}

/** The shape of a list that is on its way. */
export const ListLoading = ({ rows = 8, height = 44 }: Props) => {
  const { t } = useTranslation('parts')
  return (
    <Stack gap="xs" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} h={height} radius="md" />
      ))}
    </Stack>
  )
}
