import { Type } from 'typebox';
import { defineCommand } from '../../core/command-type.ts';

const input = Type.Object(
  { otherId: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
);

export const mergeCustomers = defineCommand({
  name: 'MergeCustomers',
  word: 'merge',
  summary: 'Says that another customer is this one: from now on this one stands for both',
  permission: 'merge',
  input,
  examples: [{ otherId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9F' }],
});

export const unmergeCustomers = defineCommand({
  name: 'UnmergeCustomers',
  word: 'unmerge',
  summary: 'Takes a merge back; what happened since stays with this customer',
  permission: 'merge',
  input,
  examples: [{ otherId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9F' }],
});

export const MERGE_COMMANDS = [mergeCustomers, unmergeCustomers] as const;
