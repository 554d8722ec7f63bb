/** /openapi.json: the described routes as an OpenAPI 3.1 document. */
import { ProblemJson } from '../contract.ts';
import { ERROR_TABLE, Failure, type ErrorCode } from '../core/errors.ts';
import { TRACE_ID_EXAMPLE } from './examples.ts';
import { WAIT, WAIT_CODES } from './modules/read-your-writes.ts';
import { problemOf, refusalOf, type ProblemAnswer } from './problem.ts';
import type { Access, AnswerDescription, Route } from './route.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  /** Codes that an answer with a problem may carry. */
  readonly 'x-error-codes': readonly string[];
  readonly 'x-scope'?: string;
  /** What it takes to be let in: a permission, `any` credential, or `open`. */
  readonly 'x-comptoir-permission': string;
}

/** Of a parameter that no address has. */
const QUERY_CODES: readonly ErrorCode[] = ['INPUT_INVALID'];
const BODY_CODES: readonly ErrorCode[] = [
  'INPUT_INVALID',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'OVERLOADED',
];
/** Of whatever needs a credential. */
export const CREDENTIAL_CODES: readonly ErrorCode[] = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'CSRF_TOKEN_WRONG',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'OVERLOADED',
];

const DESCRIPTION =
  'Events in, durable and deduplicated; events out, in order. Errors are application/problem+json (RFC 9457) with a ' +
  'stable `code`, explained at /docs/errors.';

export function openApiOf(routes: readonly Route[], version: string): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Comptoir', version, description: DESCRIPTION },
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-comptoir',
          description:
            'A signed-in person. Every method but GET and HEAD needs the header X-CSRF-Token beside it.',
        },
      },
      schemas: { Problem: ProblemJson },
    },
  };
}

function operationOf(route: Route): Operation {
  const codes = codesOf(route);
  const parameters = (route.parameters ?? []).map((parameter) => ({
    ...parameter,
    required: parameter.in === 'path',
  }));
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: route.body.validatedLater !== true,
            content: route.body.content,
          },
        }),
    responses: { ...answersOf(route.answers), ...problemsOf(route, codes) },
    security: securityOf(route.access),
    'x-error-codes': [...codes, ...Object.keys(route.refusals ?? {})],
    ...('scope' in route.access ? { 'x-scope': route.access.scope } : {}),
    'x-comptoir-permission': permissionOf(route.access),
  };
}

/** What a route declares, and what every route of its kind may answer before its handler is asked, or while its body is read. */
function codesOf(route: Route): readonly ErrorCode[] {
  return [
    ...new Set<ErrorCode>([
      ...(route.errors ?? []),
      ...(route.page === undefined ? QUERY_CODES : []),
      ...(route.parameters?.includes(WAIT) === true ? WAIT_CODES : []),
      ...(route.body === undefined ? [] : BODY_CODES),
      ...(route.access.kind === 'open' ? [] : CREDENTIAL_CODES),
      'INTERNAL',
    ]),
  ];
}

function permissionOf(access: Access): string {
  if ('scope' in access) return access.scope;
  return access.kind === 'open' ? 'open' : 'any';
}

function securityOf(access: Access): readonly Readonly<Record<string, readonly string[]>>[] {
  if (access.kind === 'open') return [];
  const scopes = 'scope' in access ? [access.scope] : [];
  return [{ bearer: scopes }, { apiKey: scopes }, { session: scopes }];
}

function answersOf(answers: Readonly<Record<number, AnswerDescription>>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)]),
  );
}

function answerOf(answer: AnswerDescription): object {
  const headers = (answer.headers ?? []).map((name) => [name, { schema: { type: 'string' } }]);
  const example = answer.example === undefined ? {} : { example: answer.example };
  return {
    description: answer.description,
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
    ...(answer.schema === undefined
      ? {}
      : {
          content: {
            [answer.contentType ?? 'application/json']: { schema: answer.schema, ...example },
          },
        }),
  };
}

/** One answer per status, with an example of each code; a status that the route describes itself is left alone. */
function problemsOf(route: Route, codes: readonly ErrorCode[]): Record<string, object> {
  const problems = [
    ...codes.map((code) => ({ code, ...ERROR_TABLE[code], answer: problemExample(code) })),
    ...Object.entries(route.refusals ?? {}).map(([code, refusal]) => ({
      code,
      ...refusal,
      answer: refusalOf({ code, details: {}, refusal }, TRACE_ID_EXAMPLE),
    })),
  ];
  const statuses = [...new Set(problems.map(({ answer }) => answer.status))];
  return Object.fromEntries(
    statuses
      .filter((status) => !(status in route.answers))
      .map((status) => {
        const here = problems.filter(({ answer }) => answer.status === status);
        const examples = here.map(({ code, answer }) => [code, { value: answer.problem }]);
        return [
          status,
          {
            description: here.map(({ code, sentence }) => `${code}: ${sentence}`).join(' '),
            content: {
              'application/problem+json': {
                schema: { $ref: '#/components/schemas/Problem' },
                examples: Object.fromEntries(examples),
              },
            },
          },
        ];
      }),
  );
}

function problemExample(code: ErrorCode): ProblemAnswer {
  return problemOf(new Failure(code, ERROR_TABLE[code].cause), TRACE_ID_EXAMPLE);
}
