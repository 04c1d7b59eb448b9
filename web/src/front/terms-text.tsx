import type { Answer } from '../api/client.ts'
import styles from './terms.module.css'

interface Props {
  terms: Answer<'GET /api/terms'>
  /** Of the headings of the sections. */
  order: 2 | 3
}

/** The terms, as the server reads them from their file. */
export const TermsText = ({ terms, order }: Props) => {
  const Heading = order === 2 ? 'h2' : 'h3'
  return (
    <div className={styles['text']}>
      {terms.sections.map(({ title, paragraphs }) => (
        <section key={title}>
          {title !== '' && <Heading>{title}</Heading>}
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
    </div>
  )
}
