import { describe, expect, it } from 'vitest';
import { inputOf, typesOf, urlProblem } from './webhook-input.ts';

describe('a webhook as typed', () => {
  it('types are taken apart, each once, and none typed are all', () => {
    expect(typesOf('a.*, b\n b  c')).toEqual(['a.*', 'b', 'c']);
    expect(typesOf('  ')).toEqual(['*']);
  });

  it('an address that the server would refuse is said at once', () => {
    expect(urlProblem('hooks.example.com')).toBe('url');
    expect(urlProblem('http://hooks.example.com')).toBe('https');
    expect(urlProblem('https://hooks.example.com:9000/x')).toBe('port');
    expect(urlProblem(' https://hooks.example.com:8443/x ')).toBeNull();
  });

  it('an empty description is none', () => {
    expect(inputOf({ url: ' https://a.example ', types: '', description: ' ' })).toEqual({
      url: 'https://a.example',
      types: ['*'],
    });
  });
});
