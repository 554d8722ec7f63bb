import { describe, expect, it } from 'vitest';
import { readFeature } from './gherkin.ts';

const FEATURE = `@tag
Feature: greetings

    A description that mentions Given and | pipes |.

    Background:
    Given a server

    Scenario Outline: greet <name>
    Given a request
        """
        POST / HTTP/1.1

          body of <name>
        """
    Then the answers are:
        | key  | value  |
        | name | <name> |
    Examples:
    | name |
    | Ada  |
    | Bob  |

    Scenario: silence
    When nothing happens
`;

describe('the Gherkin reader', () => {
  it('makes one example of every row and fills it in everywhere', () => {
    const examples = readFeature(FEATURE);
    expect(examples.map((example) => example.name)).toEqual(['greet Ada', 'greet Bob', 'silence']);
    expect(examples[1]?.steps).toEqual([
      { text: 'a server', docString: null, table: [] },
      { text: 'a request', docString: 'POST / HTTP/1.1\n\n  body of Bob', table: [] },
      {
        text: 'the answers are:',
        docString: null,
        table: [
          ['key', 'value'],
          ['name', 'Bob'],
        ],
      },
    ]);
  });

  it('refuses what it does not understand', () => {
    expect(() => readFeature(`${FEATURE}    Perhaps something else\n`)).toThrow(
      'is not understood',
    );
    expect(() => readFeature('Feature: empty\n')).toThrow('no scenario');
  });
});
