/**
 * A reader for the part of Gherkin (cucumber.io/docs/gherkin/reference) that the CloudEvents conformance scenarios use:
 * scenarios, outlines with one table of examples each, a background, doc strings and tables. Whatever it does not know
 * is an error, so that nothing is skipped in silence.
 */

export interface Step {
  /** Without its keyword, placeholders filled in. */
  readonly text: string;
  /** The doc string without its common indentation, lines joined with \n. */
  readonly docString: string | null;
  readonly table: readonly (readonly string[])[];
}

/** One row of examples, or a scenario without examples. */
export interface Example {
  readonly name: string;
  readonly steps: readonly Step[];
}

interface Draft {
  name: string;
  steps: { text: string; docString: string | null; table: string[][] }[];
  examples: string[][];
}

const IGNORED = /^(?:#.*|@.*|)$/;

/** Every example of every scenario, the steps of the background first. */
export function readFeature(text: string): Example[] {
  const scenarios = draftsOf(text);
  const [background, ...rest] = scenarios;
  if (background === undefined || rest.length === 0)
    throw new Error('the feature holds no scenario');
  return rest.flatMap((scenario) =>
    expand({ ...scenario, steps: [...background.steps, ...scenario.steps] }),
  );
}

/** The first draft holds the background, empty when there is none. */
function draftsOf(text: string): Draft[] {
  const drafts: Draft[] = [newDraft('background')];
  const lines = text.split(/\r?\n/);
  let isExamples = false;
  let isDescription = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trim();
    const draft = drafts.at(-1);
    const step = /^(?:Given|When|Then|And|But) (.*)$/.exec(line);
    const scenario = /^Scenario(?: Outline)?: (.*)$/.exec(line);
    if (IGNORED.test(line) || draft === undefined) continue;
    if (line.startsWith('Feature:')) isDescription = true;
    else if (line.startsWith('Background:')) isDescription = false;
    else if (line.startsWith('Examples:')) isExamples = true;
    else if (scenario !== null) {
      drafts.push(newDraft(scenario[1] ?? ''));
      isExamples = isDescription = false;
    } else if (step !== null && !isDescription)
      draft.steps.push({ text: step[1] ?? '', docString: null, table: [] });
    else if (line === '"""') index = readDocString(lines, index, draft);
    else if (line.startsWith('|'))
      (isExamples ? draft.examples : (draft.steps.at(-1)?.table ?? [])).push(cellsOf(line));
    else if (!isDescription) throw new Error(`line ${index + 1} is not understood: ${line}`);
  }
  return drafts;
}

function newDraft(name: string): Draft {
  return { name, steps: [], examples: [] };
}

/** Returns the index of the closing line. */
function readDocString(lines: readonly string[], open: number, draft: Draft): number {
  const close = lines.findIndex((line, index) => index > open && line.trim() === '"""');
  const step = draft.steps.at(-1);
  if (close < 0 || step === undefined)
    throw new Error(`line ${open + 1}: a doc string has no end or no step`);
  const indent = (lines[open] ?? '').indexOf('"""');
  step.docString = lines
    .slice(open + 1, close)
    .map((line) => line.slice(Math.min(indent, line.search(/\S|$/))))
    .join('\n');
  return close;
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function expand(draft: Draft): Example[] {
  const [names, ...rows] = draft.examples;
  if (names === undefined) return [{ name: draft.name, steps: draft.steps }];
  return rows.map((row) => {
    const fill = (text: string): string =>
      names.reduce(
        (filled, name, column) => filled.replaceAll(`<${name}>`, row[column] ?? ''),
        text,
      );
    const steps = draft.steps.map((step) => ({
      text: fill(step.text),
      docString: step.docString === null ? null : fill(step.docString),
      table: step.table.map((cells) => cells.map(fill)),
    }));
    return { name: fill(draft.name), steps };
  });
}
