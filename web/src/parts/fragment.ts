/** What stands behind the # of the address: a secret that no server sees. Read once, when the page opens. */
export const secretOfPage = (): string => window.location.hash.slice(1)
