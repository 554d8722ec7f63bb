import { expect, test } from 'vitest';
import { memberList } from '../../modules/loyalty/index.ts';
import { NOBODY, type Call } from '../route.ts';
import { conditionsOf } from './list-conditions.ts';

function filtersOf(phone: string) {
  // safe because conditions are read from these two members of a call alone
  const call = { principal: NOBODY, query: new Map([['phone', phone]]) } as unknown as Call;
  return conditionsOf(call, memberList).filters;
}

test('a phone whose + was not percent-encoded is the number that was meant', () => {
  expect(filtersOf(' 5511987654321')).toEqual({ phone: '+5511987654321' });
  expect(filtersOf('+5511987654321')).toEqual({ phone: '+5511987654321' });
});

test('what only resembles such a number stays as it was given', () => {
  for (const text of ['5511987654321', ' 55119', ' 5511987654321 ', ' Ana', '  5511987654321'])
    expect(filtersOf(text)).toEqual({ phone: text });
});
