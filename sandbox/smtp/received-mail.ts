/** A mail as it arrived, and as a mail program reads it. */
export interface ReceivedMail {
  at: string
  envelope: { from: string; to: string[] }
  /** By lower-case name. */
  headers: Record<string, string>
  subject: string
  text: string
  html: string
  attachments: { filename: string; contentType: string; content: Uint8Array }[]
  /** Every byte of it, as text. */
  raw: string
}
