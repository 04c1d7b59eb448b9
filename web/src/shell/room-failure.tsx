import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { FailureNotice } from '../parts/failure-notice.tsx'
import styles from './frame.module.css'

/** A room that could not be opened, or broke while it was shown. The tabs around it still work. */
export const RoomFailure = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <>
      <h1 className="visually-hidden">Doorvoer</h1>
      <FailureNotice error={error} onRetry={retry} />
    </>
  )
}

/** The same where there is no page around it yet. */
export const PageFailure = (props: ErrorComponentProps) => (
  <main id="content" className={styles['main']} tabIndex={-1}>
    <RoomFailure {...props} />
  </main>
)
