import { describe, expect, test } from 'vitest';
import { givenEvents, rowAfter } from '../../../../test/support/given.ts';
import { decide } from './decide.ts';
import type { ProfileEvent, ProfileFacts } from './events.ts';
import { profileList } from './read-models/profile-list.ts';
import { notFiscalText, receiptFrame } from './receipt-texts.ts';
import { evolve, initialState, type ProfileState } from './state.ts';
import { isTaxId, plainTaxId } from './tax-id.ts';

const given = (...events: readonly ProfileEvent[]) =>
  givenEvents({ initialState, decide, evolve }, ...events);

const id = 'main';
const profile: ProfileFacts = {
  legalName: 'Pod Wawelem sp. z o.o.',
  tradeName: 'Pod Wawelem',
  country: 'PL',
  taxId: '5261040828',
  address: { lines: ['Rynek 1'], postalCode: '31-042', city: 'Kraków', country: 'PL' },
  logoId: null,
  receipt: { header: ['od 1998'], footer: ['Dziękujemy!'] },
};
const setUp: ProfileEvent = { type: 'ProfileSetUp', data: { profileId: id, profile } };
const known: ProfileState = { status: 'set-up', ...profile };

describe('setting up', () => {
  test('needs a name and a country; everything else is empty', () => {
    const input = { legalName: 'Example LLC', country: 'US' };
    const empty = { tradeName: null, taxId: null, address: null, logoId: null };
    const receipt = { header: [], footer: [] };
    expect(given().when({ type: 'SetUpProfile', id, input })).toEqual([
      { type: 'ProfileSetUp', data: { profileId: id, profile: { ...input, ...empty, receipt } } },
    ]);
  });

  test('B7: a tenant has one profile', () => {
    const input = { legalName: 'x', country: 'PL' };
    expect(given(setUp).when({ type: 'SetUpProfile', id, input })).toBe('PROFILE_EXISTS');
    expect(given().when({ type: 'SetUpProfile', id: 'second', input })).toBe('PROFILE_ELSEWHERE');
  });
});

describe('changing', () => {
  test('keeps what is left out, takes away what is null, and says everything in the event', () => {
    const input = { tradeName: null, taxId: 'PL 526-104-08-28' };
    expect(given(setUp).when({ type: 'ChangeProfile', id, input })).toEqual([
      {
        type: 'ProfileChanged',
        data: { profileId: id, profile: { ...profile, tradeName: null, taxId: 'PL5261040828' } },
      },
    ]);
  });

  test('what is as it was is accepted without an event', () => {
    const input = { taxId: '526-104-08-28', country: 'PL' };
    expect(given(setUp).when({ type: 'ChangeProfile', id, input })).toEqual([]);
  });

  test('a tax number is checked against the country it will have', () => {
    const wrong = { taxId: '526-104-08-29' };
    expect(given(setUp).when({ type: 'ChangeProfile', id, input: wrong })).toBe('TAX_ID_INVALID');
    const moved = { country: 'BR' };
    expect(given(setUp).when({ type: 'ChangeProfile', id, input: moved })).toBe('TAX_ID_INVALID');
    const abroad = { country: 'BR', taxId: '11.222.333/0001-81' };
    expect(given(setUp).when({ type: 'ChangeProfile', id, input: abroad })).toHaveLength(1);
  });
});

describe('tax numbers', () => {
  test.each([
    ['PL', '526-104-08-28', true],
    ['PL', 'PL5261040828', true],
    ['PL', '5261040829', false],
    ['PL', '526104082', false],
    ['PL', '526104082A', false],
    ['BR', '11.222.333/0001-81', true],
    ['BR', '11.222.333/0001-82', false],
    // The example of the tax office for numbers with letters.
    ['BR', '12.ABC.345/01DE-35', true],
    ['BR', '12.ABC.345/01DE-36', false],
    ['BR', '00.000.000/0000-00', false],
    ['US', '12-3456789', true],
  ])('of %s: %s is possible: %s', (country, text, possible) => {
    expect(isTaxId(country, plainTaxId(text))).toBe(possible);
  });
});

describe('receipts', () => {
  test.each(['pl', 'pt-BR', 'en', 'xx', ''])(
    'B8: say in %j that they are no fiscal document',
    (language) => {
      const mandatory = notFiscalText(language);
      expect(mandatory).not.toBe('');
      expect(receiptFrame(known, language).footer.at(-1)).toBe(mandatory);
      expect(receiptFrame(initialState, language)).toEqual({ header: [], footer: [mandatory] });
    },
  );

  test('begin with who sells, where and under which number', () => {
    expect(receiptFrame(known, 'pl')).toEqual({
      header: [
        'Pod Wawelem',
        'Pod Wawelem sp. z o.o.',
        'Rynek 1',
        '31-042 Kraków',
        '5261040828',
        'od 1998',
      ],
      footer: ['Dziękujemy!', 'Dokument niefiskalny'],
    });
    expect(notFiscalText('pt-BR')).toBe('Documento não fiscal');
    expect(notFiscalText('xx')).toBe('Not a fiscal document');
  });
});

test('the list shows the profile as it is', () => {
  const changed: ProfileEvent = {
    type: 'ProfileChanged',
    data: { profileId: id, profile: { ...profile, legalName: 'Nowa sp. z o.o.' } },
  };
  expect(rowAfter(profileList, id, [setUp, changed])).toEqual({
    legal_name: 'Nowa sp. z o.o.',
    trade_name: 'Pod Wawelem',
    country: 'PL',
    tax_id: '5261040828',
    logo_id: null,
  });
});
