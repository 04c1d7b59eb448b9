/** The page of a problem's code or of an article, on the dashboard's own host. */
export const helpPathOf = (topic: string): string => `/help/${topic}`
