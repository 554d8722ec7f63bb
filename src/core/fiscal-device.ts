/**
 * The port where registration of sales with a tax authority attaches. Nothing in Comptoir registers anything: its own
 * receipts say that they are no fiscal documents. Only a fake stands behind this port (src/platform/fiscal). What would:
 *
 *   Poland   a fiscal printer (kasa fiskalna online), which gives each receipt a number and sends it by itself; invoices
 *            to businesses go to KSeF, which answers with a KSeF number and a receipt of acceptance.
 *   Brazil   NFC-e, an XML document signed with the shop's certificate and authorised by the state's SEFAZ, which answers
 *            with an access key (44 characters) and a protocol; the guest gets its QR code. Offline it is issued in
 *            contingency and transmitted later, so `pending` is an answer too.
 */
import type { Currency } from './money.ts';
import type { TaxTotal } from './tax.ts';

/** A closed bill, or what was given back of one, as it is to be registered. Minor units of `currency`. */
export interface FiscalSale {
  /** Id of the order or refund: registering it again gives the first answer and never a second document. */
  readonly saleId: string;
  readonly kind: 'sale' | 'refund';
  /** Number of the document that a refund corrects; null for a sale. */
  readonly corrects: string | null;
  readonly locationId: string;
  /** Tax number of the seller, and of a buyer who asked for one on the document. */
  readonly sellerTaxId: string;
  readonly buyerTaxId: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly currency: Currency;
  readonly lines: readonly {
    readonly name: string;
    readonly quantity: number;
    /** Tax included, after discounts. */
    readonly gross: number;
    readonly taxLabel: string;
    readonly taxRate: number;
  }[];
  readonly taxes: readonly TaxTotal[];
  readonly payments: readonly { readonly kind: string; readonly amount: number }[];
}

export type FiscalAnswer =
  | {
      readonly outcome: 'registered';
      /** As the device or authority numbers it. */
      readonly documentNumber: string;
      /** Content of the code to print, where there is one. */
      readonly code: string | null;
    }
  /** Issued in contingency: ask again under the same id. */
  | { readonly outcome: 'pending' }
  /** Refused for what it says: somebody has to correct it. */
  | { readonly outcome: 'refused'; readonly reason: string };

export interface FiscalDevice {
  /** Errors (Failure): UNAVAILABLE when the device or authority does not answer; repeat with the same id. */
  register(sale: FiscalSale): Promise<FiscalAnswer>;
}
