/** Whether a text can be an e-mail address; the server decides, this only spares people the way there. */
export const isAddress = (text: string): boolean =>
  /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text.trim())
