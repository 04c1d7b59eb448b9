/** The languages of the product; more can be added as files (spec §5). */
export type Language = 'nl' | 'en'

/** A text in every language of the product. `{name}` stands for a parameter of the reason. */
export type Text = Readonly<Record<Language, string>>

/** One entry of the catalogue: what a merchant or operator is told about a problem. */
export interface Problem {
  /** One sentence, with the figures. */
  text: Text
  cause: Text
  remedy: Text
  /** The status of an HTTP answer that carries this problem, where it can be one. */
  httpStatus?: number
}

/** Fills the `{name}` places of `template`; a missing parameter stays visible as its name. */
export const fillIn = (
  template: string,
  params: Readonly<Record<string, string | number>>,
): string => template.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place))
