import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { FailureNotice } from '../parts/failure-notice.tsx'
import styles from './frame.module.css'

/** A page that could not be opened at all, or broke while it was shown. */
export const RouteFailure = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main id="content" className={styles['main']} tabIndex={-1}>
      <h1 className="visually-hidden">Doorvoer</h1>
      <FailureNotice error={error} onRetry={retry} />
    </main>
  )
}
