/** The list of business modules: adding a module is adding its folder and its line here. */
import type { BusinessModule } from '../core/module.ts';
import { customers } from './customers/index.ts';

export const MODULES: readonly BusinessModule[] = [customers];
