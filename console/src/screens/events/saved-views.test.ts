import { describe, expect, it } from 'vitest';
import { parseViews, withView } from './saved-views.ts';

describe('saved views', () => {
  it('what is no list of views is none', () => {
    expect(parseViews(null)).toEqual([]);
    expect(parseViews('{"a":1}')).toEqual([]);
    expect(parseViews('not json')).toEqual([]);
    expect(
      parseViews('[{"name":"a","line":"type:x"},{"name":1},7,{"name":" ","line":""}]'),
    ).toEqual([{ name: 'a', line: 'type:x' }]);
  });

  it('a view of the same name is replaced, and a long name is cut', () => {
    expect(withView([{ name: 'a', line: 'x' }], { name: ' a ', line: 'y' })).toEqual([
      { name: 'a', line: 'y' },
    ]);
    expect(withView([], { name: 'n'.repeat(500), line: '' })[0]?.name.length).toBe(40);
  });
});
