/** A page of a few words and perhaps one button, for addresses that name no house, such as that of an unsubscribe link. */
import type { Answer, Call } from '../http/route.ts';
import { html } from './html.ts';
import { languageOf, type Language } from './language.ts';
import { bareAnswer } from './layout.ts';

export interface BareWords {
  readonly title: string;
  readonly text: string;
  /** Of the button, which posts an empty form to the same address; none where there is nothing to do. */
  readonly button?: string;
}

/** In the language that the browser asks for. The address is taken for a secret: it is kept, told and indexed by nobody. */
export function barePage(
  { request }: Pick<Call, 'request'>,
  words: Readonly<Record<Language, BareWords>>,
): Answer {
  const accepted = request.headers['accept-language'];
  const language = languageOf({ chosen: undefined, accepted, house: [] });
  const { title, text, button } = words[language];
  return bareAnswer({
    language,
    status: 200,
    title,
    headers: { 'referrer-policy': 'no-referrer', vary: 'accept-language' },
    body: html`<section class="fault">
      <h1>${title}</h1>
      <p class="lead">${text}</p>
      ${
        button !== undefined &&
        html`<form class="buttons" method="post">
          <button class="button" type="submit">${button}</button>
        </form>`
      }
    </section>`,
  });
}
