import { Title } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './figure-checks.module.css'
import type { ReadFigures } from './read-figures.tsx'

interface Props {
  remarks: ReadFigures['remarks']
}

/** What was assumed, and where the shop and the law may differ: worth knowing, no reason not to book. */
export const FigureRemarks = ({ remarks }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <section>
      <Title order={3} mb="xs">
        {t('figures.remarks')}
      </Title>
      <ul className={styles['checks']}>
        {remarks.map((remark, index) => (
          <li key={index} data-is="waits">
            <IconInfoCircle size={18} stroke={2} aria-hidden />
            <span>{remark.text}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
