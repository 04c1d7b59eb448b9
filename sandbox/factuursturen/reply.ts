/** What a call answers, before it is dressed as HTTP. */
export type Reply =
  | { is: 'json'; json: string }
  | { is: 'text'; status: number; text: string }
  | { is: 'pdf'; pdf: string }

/** JSON text with 200: only reads answer JSON (contract 1.2). */
export function jsonReply(json: string): Reply {
  return { is: 'json', json }
}

/** Plain text: the number of what was created, or what is wrong (contract 1.2, 1.3). */
export function textReply(status: number, text = ''): Reply {
  return { is: 'text', status, text }
}
