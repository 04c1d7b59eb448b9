import styles from './logo.module.css'

/** The mark of Doorvoer: two ends and what runs between them. */
export const Logo = () => (
  <span className={styles['logo']}>
    <svg viewBox="0 0 36 20" width="36" height="20" aria-hidden>
      <path d="M8 10h20" stroke="currentColor" strokeWidth="2.5" opacity="0.55" />
      <circle
        cx="7"
        cy="10"
        r="5.25"
        fill="var(--logo-ground)"
        stroke="currentColor"
        strokeWidth="2.5"
      />
      <circle cx="28" cy="10" r="6.5" fill="currentColor" />
    </svg>
    <span className={styles['word']}>Doorvoer</span>
  </span>
)
