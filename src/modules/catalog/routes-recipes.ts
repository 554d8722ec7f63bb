/** POST /v1/catalog/recipes/imports: many recipes at once, each under an id that its content gives it. */
import { canonicalJson } from '../../core/canonical-json.ts';
import { Failure } from '../../core/errors.ts';
import { type FieldError } from '../../core/field-faults.ts';
import type { ModuleRouteDependencies, ModuleRoutes } from '../../http/modules/services.ts';
import { scoped, type Answer, type Call, type Route } from '../../http/route.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import { addRecipe } from './recipes/commands.ts';
import { cursorAt } from './routes-answers.ts';
import { digest } from './routes-digest.ts';

/** A batch is done in a moment; more recipes come in more batches. */
const BATCH_MAX = 200;
/** A recipe takes about a kilobyte. */
const BYTES_MAX = 1024 * 1024;

interface Result {
  readonly index: number;
  readonly id: string;
  readonly status: 'created' | 'unchanged' | 'rejected';
  readonly code?: string;
  readonly errors?: readonly FieldError[];
}

const count = { type: 'integer', minimum: 0 };
const text = { type: 'string' };

const ROUTE: Omit<Route, 'handle'> = {
  method: 'POST',
  path: '/v1/catalog/recipes/imports',
  operationId: 'importRecipes',
  tag: 'Catalog',
  summary: 'Adds recipes that are not there yet',
  description:
    'The id of a recipe derives from its content, so the same batch again changes nothing, and recipes that ' +
    'were changed since by hand stay as they are.',
  access: scoped('catalog:edit'),
  body: {
    bytesMax: BYTES_MAX,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['recipes'],
          additionalProperties: false,
          properties: {
            recipes: {
              type: 'array',
              minItems: 1,
              maxItems: BATCH_MAX,
              description: `Each as in ${addRecipe.name}.`,
              items: { type: 'object' },
            },
          },
        },
        example: { recipes: addRecipe.examples },
      },
    },
  },
  answers: {
    200: {
      description: 'What became of each recipe',
      schema: {
        type: 'object',
        required: ['created', 'unchanged', 'rejected', 'results', 'cursor'],
        properties: {
          created: count,
          unchanged: count,
          rejected: count,
          cursor: text,
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['index', 'id', 'status'],
              properties: { index: count, id: text, status: text, code: text },
            },
          },
        },
      },
    },
  },
  audit: { class: 'audit', action: 'catalog.recipes.imported' },
  errors: ['INPUT_INVALID', 'TOO_LARGE', 'OVERLOADED'],
};

export const recipeRoutes: ModuleRoutes = (deps) => [
  { ...ROUTE, handle: (call) => importRecipes(deps, call) },
];

async function importRecipes(
  { pipeline, log }: ModuleRouteDependencies,
  call: Call,
): Promise<Answer> {
  // safe because the body is valid under the schema above
  const { recipes } = call.body as { readonly recipes: readonly object[] };
  const results: Result[] = [];
  let position = 0n;
  for (const [index, recipe] of recipes.entries()) {
    const done = await importOne(pipeline, call, recipe);
    results.push({ index, ...done.result });
    if (done.position > position) position = done.position;
  }
  const of = (status: Result['status']): number =>
    results.filter((result) => result.status === status).length;
  const counts = {
    created: of('created'),
    unchanged: of('unchanged'),
    rejected: of('rejected'),
  };
  const { tenant } = call.principal;
  const cursor = cursorAt(log, tenant, position);
  const audited = { count: counts.created };
  return { status: 200, body: { ...counts, results, cursor }, audited };
}

/** Errors: those of the pipeline, but for an input that is not valid: that is the fault of one recipe only. */
async function importOne(
  pipeline: Pipeline,
  { principal }: Call,
  recipe: object,
): Promise<{ readonly result: Omit<Result, 'index'>; readonly position: bigint }> {
  const id = `recipe-${await digest(canonicalJson(recipe))}`;
  try {
    const answer = await pipeline.handle({
      principal,
      category: 'catalog.recipes',
      command: addRecipe.name,
      id,
      input: recipe,
    });
    if (answer.status === 'refused') return { result: { id, status: 'unchanged' }, position: 0n };
    return { result: { id, status: 'created' }, position: answer.position };
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'INPUT_INVALID') throw error;
    const { code, errors } = error;
    return { result: { id, status: 'rejected', code, errors }, position: 0n };
  }
}
