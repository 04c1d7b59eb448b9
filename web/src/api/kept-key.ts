import { useQuery } from '@tanstack/react-query'
import { useLanguage } from '../i18n/language.ts'
import { meQuery } from './queries.ts'

/** What a form of the person who is signed in is kept under; see kept.ts. @param form names it and what it is of */
export const useKeptKey = (form: string): string => {
  const { data: me } = useQuery(meQuery(useLanguage()))
  return `${form} ${me?.user.id ?? ''}`
}
