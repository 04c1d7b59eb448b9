/** Percent-encoding as OAuth 1.0a wants it (RFC 3986): what is sent is what is signed. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
