import type { Topic } from './help-queries.ts'

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** The topics that hold every word of what was typed; those that have them in their title come first. */
export const foundTopics = (topics: readonly Topic[], typed: string): Topic[] => {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...topics]
  const ranked = topics.flatMap((topic) => {
    const title = plain(`${topic.title} ${topic.topic.replaceAll(/[_-]/g, ' ')} ${topic.topic}`)
    const all = `${title} ${plain(topic.summary)}`
    if (!words.every((word) => all.includes(word))) return []
    return [{ topic, rank: words.every((word) => title.includes(word)) ? 0 : 1 }]
  })
  return ranked.toSorted((one, other) => one.rank - other.rank).map(({ topic }) => topic)
}
