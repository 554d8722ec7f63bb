import { circles } from './circles.ts';
import { directions, moduleDoors } from './directions.ts';
import { decisionForm, documentedErrors, guaranteedByTests, livingLinks } from './documents.ts';
import { distributionKeys, environment, forbiddenWords, openEnds, purity } from './habits.ts';
import { lockfileComplete, lockfileSources } from './lockfile.ts';
import { explainedCasts, fileLength, forbiddenNames, lengthSpread, namedExports } from './shape.ts';
import type { Rule } from './tree.ts';

export const RULES: readonly Rule[] = [
  directions,
  moduleDoors,
  circles,
  namedExports,
  fileLength,
  lengthSpread,
  forbiddenNames,
  explainedCasts,
  environment,
  purity,
  openEnds,
  distributionKeys,
  forbiddenWords,
  lockfileSources,
  lockfileComplete,
  guaranteedByTests,
  documentedErrors,
  decisionForm,
  livingLinks,
];
