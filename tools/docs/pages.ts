import { configurationReference } from '../../src/config-reference.ts';
import { MODULES } from '../../src/modules/index.ts';
import { isTest, readTree } from '../tidy/tree.ts';
import { commandLinePage } from './command-line.ts';
import { errorsPage } from './errors.ts';
import { metricsPage } from './metrics.ts';
import { modulesPage } from './modules.ts';

/** A page of the reference that is made from the code: its path from the project's root, and its text. */
export interface GeneratedPage {
  readonly path: string;
  readonly text: string;
}

/** Every generated page as it must be committed; `root` is the folder of the project. */
export function generatedPages(root: string): readonly GeneratedPage[] {
  const sources = readTree(root)
    .filter((file) => /^src\/.*\.ts$/.test(file.path) && !isTest(file))
    .map((file) => file.text);
  return [
    { path: 'docs/reference/errors.md', text: errorsPage(MODULES) },
    { path: 'docs/reference/modules.md', text: modulesPage(MODULES) },
    { path: 'docs/reference/configuration.md', text: configurationReference() },
    { path: 'docs/reference/metrics.md', text: metricsPage(sources) },
    { path: 'docs/reference/cli.md', text: commandLinePage() },
  ];
}
