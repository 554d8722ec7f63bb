/**
 * `npm run docs`: writes the generated pages of the reference and the types of the client. Tests beside the generators
 * fail while they differ from the code.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedClient } from '../client/generated-client.ts';
import { generatedPages } from './pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
for (const page of [...generatedPages(root), await generatedClient()]) {
  const path = join(root, page.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page.text);
  console.error(`wrote ${page.path}`);
}
