/** The nonce that the server made for this page; style elements without it have no effect (content policy). */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

/** For libraries that write a style element by themselves and ask nobody: they look here for the nonce. */
export const shareStyleNonce = (): void => {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}
