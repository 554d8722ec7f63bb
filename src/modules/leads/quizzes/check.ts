/**
 * What keeps a quiz from being published. Logic jumps make a graph: an edge to each target, and to the following
 * question unless a jump without conditions takes every way. Without a cycle in it every way ends (Q3), and what no edge
 * leads to would never be asked.
 */
import {
  SCORE,
  type Condition,
  type Question,
  type QuizDefinition,
  type Texts,
} from './definition.ts';

export type FaultCode =
  | 'EMPTY'
  | 'ID_TWICE'
  | 'LOOP'
  | 'UNREACHABLE'
  | 'DEAD_END'
  | 'TARGET_UNKNOWN'
  | 'CONDITION_WRONG'
  | 'VARIABLE_UNKNOWN'
  | 'ENDING_MISSING'
  | 'ENDING_TWICE'
  | 'TRANSLATION_MISSING';

export interface Fault {
  readonly code: FaultCode;
  /** Question, ending or variable it is about; null for the quiz as a whole. */
  readonly at: string | null;
  /** Further ids: the way of a loop, the target that is not there, the language that is missing. */
  readonly names: readonly string[];
}

const fault = (code: FaultCode, at: string | null, names: readonly string[] = []): Fault => ({
  code,
  at,
  names,
});

/** None for a quiz that can be published. */
export function faultsOf(definition: QuizDefinition): readonly Fault[] {
  const { questions } = definition;
  const empty = questions.length === 0 ? [fault('EMPTY', null)] : [];
  return [
    ...empty,
    ...twice(definition),
    ...questions.flatMap((each) => questionFaults(definition, each)),
    ...graphFaults(definition),
    ...endingFaults(definition),
    ...translationFaults(definition),
  ];
}

function twice({ questions, endings, variables = [] }: QuizDefinition): readonly Fault[] {
  const groups = [
    questions,
    endings,
    [{ id: SCORE }, ...variables],
    ...questions.map(({ options }) => options ?? []),
  ];
  return groups.flatMap((group) => {
    const ids = group.map(({ id }) => id);
    const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
    return [...new Set(repeated)].map((id) => fault('ID_TWICE', id));
  });
}

function questionFaults(definition: QuizDefinition, question: Question): readonly Fault[] {
  const { id, options = [], jumps = [] } = question;
  const known = new Set([SCORE, ...(definition.variables ?? []).map((each) => each.id)]);
  const named = options.flatMap(({ adds = [] }) => adds.map(({ variable }) => variable));
  const targets = jumps.flatMap(({ to }) => (to === null ? [] : [to]));
  const strange = targets.filter((to) => !definition.questions.some((each) => each.id === to));
  const wrong = jumps.some(({ when }) => when.some((each) => !isSound(definition, each)));
  return [
    ...(isAnswerable(question) ? [] : [fault('DEAD_END', id)]),
    ...named
      .filter((each) => !known.has(each))
      .map((each) => fault('VARIABLE_UNKNOWN', id, [each])),
    ...strange.map((to) => fault('TARGET_UNKNOWN', id, [to])),
    ...(wrong ? [fault('CONDITION_WRONG', id)] : []),
  ];
}

/** A question that nobody can answer would hold everybody up. */
function isAnswerable(question: Question): boolean {
  const { kind, options = [], choicesMin = 0, choicesMax = options.length, fields } = question;
  const { min, max, consents = [] } = question;
  switch (kind) {
    case 'single':
      return options.length > 0;
    case 'multiple':
      return options.length > 0 && choicesMin <= Math.min(choicesMax, options.length);
    case 'number':
      return min === undefined || max === undefined || min <= max;
    case 'scale':
      return min !== undefined && max !== undefined && min < max && isWhole(min) && isWhole(max);
    case 'text':
      return true;
    case 'contact': {
      const asked = Object.values(fields ?? {}).filter((each) => each !== 'off');
      const channels = consents.map((each) => each.channel);
      return asked.length > 0 && new Set(channels).size === channels.length;
    }
  }
}

const isWhole = (value: number): boolean => Number.isInteger(value);

function isSound(definition: QuizDefinition, condition: Condition): boolean {
  const { question, variable, is, value } = condition;
  if ((question === undefined) === (variable === undefined)) return false;
  const compared = is === 'at-least' || is === 'at-most' ? typeof value === 'number' : true;
  if (variable !== undefined) {
    const known = variable === SCORE || definition.variables?.some(({ id }) => id === variable);
    return known === true && typeof value === 'number' && is !== 'answered' && is !== 'skipped';
  }
  const asked = definition.questions.find(({ id }) => id === question);
  if (asked === undefined || !compared) return false;
  if (is === 'answered' || is === 'skipped') return true;
  if (typeof value === 'number') return asked.kind === 'number' || asked.kind === 'scale';
  return asked.options?.some(({ id }) => id === value) === true;
}

function graphFaults(definition: QuizDefinition): readonly Fault[] {
  const { questions } = definition;
  const first = questions[0];
  if (first === undefined) return [];
  const edges = new Map(
    questions.map((each, index) => [each.id, edgesOf(definition, each, index)]),
  );
  const reached = new Set<string>();
  const loop = loopFrom(first.id, { edges, reached, way: [] });
  const unreachable = questions.filter(({ id }) => !reached.has(id));
  return [
    ...(loop === null ? [] : [fault('LOOP', loop[0] ?? null, loop)]),
    // What a loop hides from the search is not called unreachable beside it.
    ...(loop === null ? unreachable.map(({ id }) => fault('UNREACHABLE', id)) : []),
  ];
}

function edgesOf(
  { questions }: QuizDefinition,
  { jumps = [] }: Question,
  index: number,
): readonly string[] {
  const always = jumps.findIndex(({ when }) => when.length === 0);
  const possible = always < 0 ? jumps : jumps.slice(0, always + 1);
  const targets = possible.flatMap(({ to }) => (to === null ? [] : [to]));
  const next = questions[index + 1];
  return always < 0 && next !== undefined ? [...targets, next.id] : targets;
}

interface Search {
  readonly edges: ReadonlyMap<string, readonly string[]>;
  /** Left behind without a loop: not searched again, so that the search is linear. */
  readonly reached: Set<string>;
  readonly way: readonly string[];
}

/** The first way that comes back to where it was; null when every way ends. */
function loopFrom(id: string, search: Search): readonly string[] | null {
  const { edges, reached, way } = search;
  const from = way.indexOf(id);
  if (from >= 0) return [...way.slice(from), id];
  if (reached.has(id)) return null;
  for (const to of edges.get(id) ?? []) {
    const loop = loopFrom(to, { edges, reached, way: [...way, id] });
    if (loop !== null) return loop;
  }
  reached.add(id);
  return null;
}

function endingFaults({ endings }: QuizDefinition): readonly Fault[] {
  const bounds = endings.map(({ scoreFrom }) => scoreFrom);
  const repeated = endings.filter(({ scoreFrom }, index) => bounds.indexOf(scoreFrom) !== index);
  return [
    ...(bounds.includes(null) ? [] : [fault('ENDING_MISSING', null)]),
    ...repeated.map(({ id }) => fault('ENDING_TWICE', id)),
  ];
}

function translationFaults(definition: QuizDefinition): readonly Fault[] {
  const { languages, title, questions, endings } = definition;
  const missing = (at: string | null, held: readonly (Texts | undefined)[]): readonly Fault[] => {
    const names = languages.filter((each) =>
      held.some((text) => text !== undefined && !Object.hasOwn(text, each)),
    );
    return names.length === 0 ? [] : [fault('TRANSLATION_MISSING', at, names)];
  };
  return [
    ...missing(null, [title]),
    ...questions.flatMap(({ id, title: asked, help, options = [], consents = [] }) => {
      const labels = options.map(({ label }) => label);
      return missing(id, [asked, help, ...labels, ...consents.map(({ wording }) => wording)]);
    }),
    ...endings.flatMap(({ id, title: told, text }) => missing(id, [told, text])),
  ];
}
