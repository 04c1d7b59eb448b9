import { findWebshop } from '../../connectors/registry.ts'
import type { Engine } from '../engine.ts'
import { calendarDay } from '../../world/calendar-day.ts'

/** The first day whose sales are booked by themselves, YYYY-MM-DD; older ones are for a migration. */
export const startDayOf = async (
  { db }: Pick<Engine, 'db'>,
  integrationId: string,
): Promise<string> => {
  const integration = await db
    .selectFrom('integrations')
    .select(['configuredAt', 'createdAt', 'webshop'])
    .where('id', '=', integrationId)
    .executeTakeFirstOrThrow()
  const shop = await db
    .selectFrom('connections')
    .select('settings')
    .where('integrationId', '=', integrationId)
    .where('side', '=', 'webshop')
    .executeTakeFirst()
  const trigger = findWebshop(integration.webshop).trigger((shop?.settings ?? {}) as never)
  return trigger.from ?? calendarDay(integration.configuredAt ?? integration.createdAt)
}
