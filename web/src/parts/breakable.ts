/** A text in which the codes of the catalogue may be broken after each word, where a line is narrow. */
export const breakable = (text: string): string => text.replaceAll('_', '_\u200B')
