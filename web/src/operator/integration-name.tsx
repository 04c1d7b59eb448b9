import { Link } from '@tanstack/react-router'
import styles from './integration-name.module.css'

interface Props {
  integration: { id: string; name: string; merchant?: string }
}

/** An integration by name, with whose it is; leads to its page in the console. */
export const IntegrationName = ({ integration: { id, name, merchant = '' } }: Props) => (
  <span className={styles['name']}>
    <Link to="/operator/integrations/$integrationId" params={{ integrationId: id }}>
      {name}
    </Link>
    {merchant !== '' && merchant !== name && <span>{merchant}</span>}
  </span>
)
