import { test } from 'vitest';
import { checkModule } from '../../test/support/module-checks.ts';
import { sampleThings } from './template/index.ts';

test('the template holds what every module must hold', () => {
  checkModule(sampleThings);
});
