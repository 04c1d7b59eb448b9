import { Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { guideQuery, type Guide as Answer } from '../api/configuration.ts'
import { useLanguage } from '../i18n/language.ts'
import styles from './guide.module.css'

type Block = Answer['blocks'][number]
type Span = Extract<Block, { is: 'paragraph' }>['spans'][number]

const SpanOf = ({ text, mark, href }: Span) => {
  if (href !== undefined) {
    return (
      <a href={href} target="_blank" rel="noreferrer">
        {text}
      </a>
    )
  }
  if (mark === 'strong') return <strong>{text}</strong>
  if (mark === 'em') return <em>{text}</em>
  if (mark === 'code') return <code>{text}</code>
  return text
}

interface SpansProps {
  spans: readonly Span[]
}

const Spans = ({ spans }: SpansProps) =>
  spans.map((span, index) => <SpanOf key={index} {...span} />)

interface BlockProps {
  block: Block
}

const BlockOf = ({ block }: BlockProps) => {
  switch (block.is) {
    case 'heading':
      return (
        <Title order={3} size="h3">
          <Spans spans={block.spans} />
        </Title>
      )
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((spans, index) => (
            <li key={index}>
              <Spans spans={spans} />
            </li>
          ))}
        </List>
      )
    }
    case 'table':
      return (
        <dl>
          {block.rows.map(([name = [], ...cells], index) => (
            <div key={index}>
              <dt>
                <Spans spans={name} />
              </dt>
              <dd>
                <Spans spans={cells.at(-1) ?? []} />
              </dd>
            </div>
          ))}
        </dl>
      )
  }
}

interface Props {
  system: string
  title: string
}

/** How a merchant gets what is asked at the left, step by step. */
export const Guide = ({ system, title }: Props) => {
  const { t } = useTranslation('connecting')
  const id = useId()
  const { data, isPending } = useQuery(guideQuery(system, useLanguage()))
  if (data === undefined && !isPending) return null
  return (
    <aside className={styles['guide']} aria-labelledby={id}>
      <Title order={2} id={id}>
        {t('guide', { system: title })}
      </Title>
      {data ? (
        <div lang={data.language}>
          {data.blocks.map((block, index) => (
            <BlockOf key={index} block={block} />
          ))}
        </div>
      ) : (
        <Stack gap="xs">
          <Skeleton h={18} w="80%" />
          <Skeleton h={18} />
          <Skeleton h={18} w="60%" />
        </Stack>
      )}
    </aside>
  )
}
