import { Button, Group, Text } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** How many pages come by themselves while somebody scrolls; after that a button asks, so memory has a bound. */
const pagesByThemselves = 5

interface Props {
  shown: number
  pages: number
  hasMore: boolean
  loading: boolean
  /** Its promise is of no interest here: the list itself shows what came. */
  onMore: () => unknown
}

/** The foot of a long list: how much is shown, and the rest on demand. */
export const LoadMore = ({ shown, pages, hasMore, loading, onMore }: Props) => {
  const { t } = useTranslation('parts')
  const { ref, entry } = useIntersection({ rootMargin: '600px' })
  const byItself =
    hasMore && !loading && pages < pagesByThemselves && entry?.isIntersecting === true

  useEffect(() => {
    if (byItself) onMore()
  }, [byItself, onMore])

  return (
    <Group ref={ref} justify="space-between" mih={36}>
      <Text size="sm" c="dimmed">
        {t('shown', { count: shown })}
      </Text>
      {hasMore && (
        <Button variant="default" size="sm" loading={loading} onClick={() => void onMore()}>
          {t('more')}
        </Button>
      )}
    </Group>
  )
}
