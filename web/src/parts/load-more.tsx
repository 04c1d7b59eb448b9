import { Button, Group, Text } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** How many pages come by themselves while somebody scrolls; after that a button asks, so memory has a bound. */
const pagesByThemselves = 5

interface Props {
  query: {
    data: { pages: readonly { items: readonly unknown[] }[] } | undefined
    hasNextPage: boolean
    isFetching: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => Promise<unknown>
  }
}

/** The foot of a long list: how much is shown, and the rest on demand. */
export const LoadMore = ({ query }: Props) => {
  const { t } = useTranslation('parts')
  const { data, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = query
  const { ref, entry } = useIntersection({ rootMargin: '600px' })
  const pages = data?.pages ?? []
  const byItself =
    hasNextPage && !isFetching && pages.length < pagesByThemselves && entry?.isIntersecting === true

  useEffect(() => {
    if (byItself) void fetchNextPage()
  }, [byItself, fetchNextPage])

  return (
    <Group ref={ref} justify="space-between" mih={36}>
      <Text size="sm" c="dimmed">
        {t('shown', { count: pages.reduce((all, page) => all + page.items.length, 0) })}
      </Text>
      {hasNextPage && (
        <Button
          variant="default"
          size="sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Group>
  )
}
