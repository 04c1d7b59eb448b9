import { Stack } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ComponentProps, ReactNode } from 'react'
import { EmptyNotice } from './empty-notice.tsx'
import { ListLoading } from './list-loading.tsx'
import { LoadMore } from './load-more.tsx'
import { QueryFailure } from './query-failure.tsx'

interface Props<Item> {
  query: UseInfiniteQueryResult<InfiniteData<{ items: readonly Item[] }>>
  /** The shape of the list while it is on its way. */
  loading: ComponentProps<typeof ListLoading>
  /** What stands there when there is nothing. */
  empty: ComponentProps<typeof EmptyNotice>
  children: (items: Item[]) => ReactNode
}

/** A list that is read page by page, in each of its states: on its way, out of reach, empty, and full. */
export const PagedList = <Item,>({ query, loading, empty, children }: Props<Item>) => {
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading {...loading} />
      ) : items.length > 0 ? (
        <Stack gap="sm">
          {children(items)}
          <LoadMore query={query} />
        </Stack>
      ) : query.error ? null : (
        <EmptyNotice {...empty} />
      )}
    </>
  )
}
