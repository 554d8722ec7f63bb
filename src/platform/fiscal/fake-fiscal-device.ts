/** A fiscal device that registers nothing: numbers documents in memory, for tests and for building against the port. */
import { Failure } from '../../core/errors.ts';
import type { FiscalAnswer, FiscalDevice, FiscalSale } from '../../core/fiscal-device.ts';

export interface FakeFiscalDevice extends FiscalDevice {
  /** What was registered, each once, in order. */
  readonly documents: readonly FiscalSale[];
  /** Whether it answers; a switched-off printer does not. */
  isOn: boolean;
}

export function createFakeFiscalDevice(): FakeFiscalDevice {
  const answers = new Map<string, FiscalAnswer>();
  const documents: FiscalSale[] = [];
  return {
    documents,
    isOn: true,
    async register(sale) {
      if (!this.isOn) throw new Failure('UNAVAILABLE', 'The fiscal device does not answer.');
      const known = answers.get(sale.saleId);
      if (known !== undefined) return known;
      const refusal = refusalOf(sale, answers);
      if (refusal !== null) return { outcome: 'refused', reason: refusal };
      documents.push(sale);
      const documentNumber = `FAKE-${documents.length}`;
      const answer: FiscalAnswer = { outcome: 'registered', documentNumber, code: null };
      answers.set(sale.saleId, answer);
      return answer;
    },
  };
}

/** The two mistakes that every real device finds. */
function refusalOf(sale: FiscalSale, answers: ReadonlyMap<string, FiscalAnswer>): string | null {
  const lines = sale.lines.reduce((sum, { gross }) => sum + gross, 0);
  const taxes = sale.taxes.reduce((sum, { gross }) => sum + gross, 0);
  if (lines !== taxes) return 'The lines do not add up to the sums by rate.';
  if (sale.kind === 'sale') return null;
  const numbers = [...answers.values()].map((answer) =>
    answer.outcome === 'registered' ? answer.documentNumber : null,
  );
  return numbers.includes(sale.corrects) ? null : 'What it corrects was never registered.';
}
