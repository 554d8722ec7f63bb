/**
 * What was refused or failed, with the next step, by its code: one text in English, Polish and Brazilian Portuguese. A
 * missing language is a type error.
 */
export type Problem = readonly [en: string, pl: string, pt: string];
export type Problems = Readonly<Record<string, Problem>>;
