import { useFormat } from '../i18n/format.ts'

interface Props {
  amount: string | null
  currency: string | null
}

/** An amount, or a dash while it is not known. */
export const Money = ({ amount, currency }: Props) => {
  const format = useFormat()
  return amount === null || currency === null ? '–' : format.money(amount, currency)
}
