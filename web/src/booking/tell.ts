import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { asFailure } from '../api/failure.ts'

const closeButtonProps = () => ({ 'aria-label': i18next.t('dismiss', { ns: 'parts' }) })

/** Says in passing that something was done. */
export const tell = (message: string): void => {
  notifications.show({
    message,
    role: 'status',
    withBorder: true,
    closeButtonProps: closeButtonProps(),
  })
}

/** Says that something could not be done, why and what to do; stays longer, because it has to be read. */
export const tellFailure = (error: unknown): void => {
  const { text, cause, remedy, code } = asFailure(error)
  notifications.show({
    color: 'red',
    title: text,
    message: `${cause} ${remedy} (${code})`,
    role: 'alert',
    autoClose: 15_000,
    withBorder: true,
    closeButtonProps: closeButtonProps(),
  })
}
