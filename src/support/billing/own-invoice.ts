import type { Selectable } from 'kysely'
import type { InvoiceTable } from '../../database/licence-tables.ts'

/** An invoice of ours as it is stored, without its picture. */
export type OwnInvoice = Omit<Selectable<InvoiceTable>, 'pdf'>
