/**
 * A paper that is printed as PDF: what stands on it, in order, and nothing of how it is drawn. Whoever knows the facts
 * (an invoice, a receipt) gives it; the PDF service draws it in a worker. Plain JSON.
 */

/** Languages that papers are written in: the first part of a BCP 47 tag. */
export const PAPER_LANGUAGES = ['en', 'pl', 'pt'] as const;
export type PaperLanguage = (typeof PAPER_LANGUAGES)[number];

/** The language of papers nearest to a BCP 47 tag; English where there is none. */
export function paperLanguage(tag: string): PaperLanguage {
  const [main = ''] = tag.toLowerCase().split('-');
  return PAPER_LANGUAGES.find((language) => language === main) ?? 'en';
}

export interface PaperSide {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface PaperColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Of the width; shares of a table add up to whatever they add up to. */
  readonly share: number;
}

export type PaperBlock =
  | { readonly kind: 'title'; readonly text: string }
  | {
      readonly kind: 'lines';
      readonly lines: readonly string[];
      readonly align: 'left' | 'centre';
    }
  | { readonly kind: 'sides'; readonly left: PaperSide; readonly right: PaperSide }
  | {
      readonly kind: 'table';
      readonly columns: readonly PaperColumn[];
      /** As many cells each as there are columns. */
      readonly rows: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'pairs';
      readonly rows: readonly {
        readonly left: string;
        readonly right: string;
        readonly strong?: boolean;
      }[];
    }
  | { readonly kind: 'rule' };

export interface Paper {
  readonly title: string;
  readonly language: PaperLanguage;
  /** Sheets of A4, or one strip of paper of 80 mm. */
  readonly format: 'a4' | 'roll';
  /** RFC 3339: when what it says happened, so that printing it again gives the same bytes. */
  readonly createdAt: string;
  readonly blocks: readonly PaperBlock[];
  /** At the foot of every sheet, before its number. */
  readonly footer: string;
}

/** The logo of the business, drawn above everything else. */
export interface PaperLogo {
  /** Of the blob: a JPEG. */
  readonly key: string;
  /** What it says to those who do not see it: the name of the business. */
  readonly name: string;
}

export interface PaperRequest {
  readonly tenant: string;
  readonly id: string;
  /** Null for that of the thing itself. */
  readonly language: PaperLanguage | null;
}

export interface Printable {
  readonly paper: Paper;
  /** Whose key what is printed is kept under; null for the tenant's own. */
  readonly personId: string | null;
  /** Where it belongs: whoever may only see some locations finds others as unknown. */
  readonly locationId: string;
}

/** Where papers of one kind come from. */
export interface PaperSource {
  /** `invoice`. */
  readonly kind: string;
  /** Null when there is no such thing. Errors: UNAVAILABLE. */
  read(request: PaperRequest): Promise<Printable | null>;
}
