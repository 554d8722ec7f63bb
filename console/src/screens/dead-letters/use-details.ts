/** Why an event was refused, in the reader's language where the detail is of a known kind, else as the server said it. */
import { useFieldMessages } from '../../words/problems/use-problem.ts';
import { useWords } from '../../words/language.ts';
import { detailParts } from './detail-faults.ts';
import { words } from './words.ts';

/** Of many letters at once, in their order. */
export function useDetailWords(details: readonly string[]): (detail: string) => string {
  const t = useWords(words);
  // Each detail stands for a field of its own, so that one fault does not hide another at the same place.
  const known = [...new Set(details)];
  const parts = new Map(known.map((detail) => [detail, detailParts(detail)]));
  const messages = useFieldMessages(
    known.flatMap((detail) => {
      const fault = parts.get(detail)?.fault;
      return fault === null || fault === undefined ? [] : [{ ...fault, at: detail }];
    }),
  );
  return (detail) => {
    const found = parts.get(detail);
    if (found === null || found === undefined)
      return detail === 'The event has no JSON data.' ? t('detail-no-json') : detail;
    const { fault, rules } = found;
    const place = fault === null || fault.at === '' ? t('detail-data') : fault.at;
    return [
      ...(fault === null ? [] : [`${place}: ${messages.get(detail) ?? fault.message}`]),
      ...rules.map((name) => t('detail-rule', { name })),
    ].join(' ');
  };
}
