/** What a visitor sees when something is not there, not allowed or broken: what happened, what was kept, what to do. */
import type { ErrorCode } from '../core/errors.ts';
import type { Answer } from '../http/route.ts';
import { html } from './html.ts';
import type { Language } from './language.ts';
import { bareAnswer } from './layout.ts';
import { WORDS } from './words/index.ts';
import type { FaultWords } from './words/words.ts';

/** `NOT_FOUND` of a link that was good once, or never: nobody can tell. */
export type FaultCode = ErrorCode | 'LINK_OVER';

export function faultAnswer(fault: {
  readonly language: Language;
  readonly status: number;
  readonly code: FaultCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly traceId: string;
}): Answer {
  const { language, status, code, headers, traceId } = fault;
  const words = WORDS[language].faults;
  const { title, text } = saidOf(code, words);
  return bareAnswer({
    language,
    status,
    title,
    headers,
    body: html`<section class="fault">
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      <p class="quiet">${words.code}: <code>${code}</code> <code>${traceId}</code></p>
    </section>`,
  });
}

function saidOf(code: FaultCode, words: FaultWords): { title: string; text: string } {
  switch (code) {
    case 'NOT_FOUND':
      return { title: words.notFound, text: words.notFoundText };
    case 'LINK_OVER':
      return { title: words.linkOver, text: words.linkOverText };
    case 'RATE_LIMITED':
    case 'OVERLOADED':
      return { title: words.tooMany, text: words.tooManyText };
    case 'FORBIDDEN':
      return { title: words.foreign, text: words.foreignText };
    case 'INPUT_INVALID':
    case 'TOO_LARGE':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return { title: words.input, text: words.inputText };
    default:
      return { title: words.failed, text: words.failedText };
  }
}
