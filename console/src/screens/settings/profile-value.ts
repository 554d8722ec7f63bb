/** What the form of the business's own name and papers holds. */
import type { AddressDraft } from './address.ts';

export interface ProfileValue {
  readonly legalName: string;
  readonly tradeName: string;
  readonly country: string;
  readonly taxId: string;
  /** Of a picture of the gallery. */
  readonly logoId: string | null;
  readonly address: AddressDraft;
  /** Lines of texts. */
  readonly header: string;
  readonly footer: string;
}
