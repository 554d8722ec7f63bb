/**
 * The quiz as a page, at the address that gives it as JSON to whoever asks for that (RFC 9110, section 12.5.1): one address
 * to print and to share. What a module knows of the quiz it answers itself; the page shows it and brings the script.
 */
import type { FastifyRequest } from 'fastify';
import type { Answer, Call, Route } from '../../http/route.ts';
import { html, type Html } from '../html.ts';
import { pageAnswer } from '../layout.ts';
import { failed, queryText, visitOf } from '../page-route.ts';
import { assetAddress } from '../assets.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';

/** Route of the module that answers with the quiz as JSON. */
export const QUIZ_OPERATION = 'readPublicQuiz';
const PAGE = 'quiz/{quizSlug}';

/** Marks of campaigns that a session keeps, by the parameter that carries them. */
const MARKS = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'];

export function quizPage(deps: Public, route: Route): Route {
  const { handle, parameters = [] } = route;
  if (handle === undefined) return route;
  return {
    ...route,
    description: `${route.description ?? ''} Whoever accepts text/html gets the page on which it is answered.`,
    parameters: [
      ...parameters,
      queryText('lang', 'Language of the page.'),
      queryText('at', 'Id of the place, for a house with several.'),
      ...MARKS.map((name) => queryText(name, 'Where the visitor comes from.')),
    ],
    page: {
      failed: (error, request) => (wantsPage(request) ? failed(deps, error, request) : null),
    },
    async handle(call): Promise<Answer> {
      if (!wantsPage(call.request)) return withVary(await answered(handle(call)));
      const visit = await visitOf(deps, { page: PAGE }, call);
      const query = new Map([...call.query, ['language', visit.language] as const]);
      const quiz = await answered(handle({ ...call, query }));
      return withVary(shown(visit, quiz, call));
    },
  };
}

async function answered(given: ReturnType<NonNullable<Route['handle']>>): Promise<Answer> {
  const answer = await given;
  if (answer === 'streaming') throw new TypeError('a quiz is JSON');
  return answer;
}

function wantsPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return (headers.accept ?? '').includes('text/html');
}

function withVary(answer: Answer): Answer {
  return { ...answer, headers: { ...answer.headers, vary: 'accept, accept-language' } };
}

function shown(visit: Visit, quiz: Answer, call: Call): Answer {
  const { words } = visit;
  if (quiz.status !== 200) {
    const title = words.quiz.title;
    const body = html`<div class="narrow">
      <h1>${title}</h1>
      <p class="lead">${words.quiz.script.closed}</p>
    </div>`;
    return pageAnswer(visit, { title, body, status: quiz.status });
  }
  const title = titleOf(quiz.body) ?? words.quiz.title;
  return pageAnswer(visit, {
    title,
    secret: true,
    script: 'quiz.js',
    body: html`<div class="narrow quiz">
      <h1><bdi>${title}</bdi></h1>
      ${mount(visit, quiz.body, call)}
    </div>`,
  });
}

/**
 * What the script needs stands in attributes: nothing in the page is run but the script itself, which takes the place of
 * the note. So the note also stands where scripts are allowed and this one could not be loaded.
 */
function mount(visit: Visit, quiz: unknown, call: Call): Html {
  const { slug, words } = visit;
  const [, quizSlug = ''] = /\/quiz\/([^/?]+)/.exec(call.request.url) ?? [];
  const address = `/public/${encodeURIComponent(slug)}/quiz/${quizSlug}`;
  return html`<div
    id="quiz"
    aria-live="polite"
    data-address="${address}"
    data-prover="${assetAddress('quiz-proof.js')}"
    data-quiz="${JSON.stringify(quiz)}"
    data-words="${JSON.stringify(words.quiz.script)}"
  >
    <div class="notice bad late">
      <h2>${words.quiz.noScript}</h2>
      <p>${words.quiz.noScriptText}</p>
    </div>
  </div>`;
}

function titleOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('title' in body)) return null;
  return typeof body.title === 'string' ? body.title : null;
}
