import { expect, test } from 'vitest';
import { documentName, inputNames, missingIds, missingOf, type Known } from './document-names.ts';

const words = {
  made: (operation: string, of: string) => `${operation} of ${of}`,
  unnamed: (end: string) => `#${end}`,
};
const menu = { id: 'doc-menu-000001', name: 'menu.pdf', madeBy: null };
const list = { id: 'doc-list-000002', name: 'list.pdf', madeBy: null };
const stamped = { id: 'doc-made-000003', name: null, madeBy: 'job-1' };
const turned = { id: 'doc-made-000004', name: null, madeBy: 'job-2' };
const known: Known = {
  documents: [menu, list, stamped, turned],
  jobs: [
    { id: 'job-1', operation: 'watermark', inputs: [menu.id] },
    { id: 'job-2', operation: 'rotate', inputs: [stamped.id] },
    { id: 'job-3', operation: 'merge', inputs: [menu.id, list.id, 'gone-000005'] },
    { id: 'job-4', operation: 'print', inputs: [] },
  ],
};

test('a document is called as it was uploaded', () => {
  expect(documentName(menu, known, words)).toBe('menu.pdf');
});

test('what an operation made is called by it and by the upload it goes back to', () => {
  expect(documentName(stamped, known, words)).toBe('watermark of menu.pdf');
  expect(documentName(turned, known, words)).toBe('rotate of menu.pdf');
});

test('two inputs are named, the rest is counted; what is gone has the end of its id', () => {
  expect(inputNames(known.jobs[2]!, known, words)).toBe('menu.pdf, list.pdf, +1');
  expect(inputNames({ inputs: ['gone-000005'] }, known, words)).toBe('#000005');
});

test('what nobody named, and whose job is not known, has the end of its id', () => {
  expect(documentName({ ...stamped, madeBy: 'job-0' }, known, words)).toBe('#000003');
  expect(documentName({ ...stamped, madeBy: 'job-4' }, known, words)).toBe('#000003');
  expect(documentName({ ...menu, name: null }, known, words)).toBe('#000001');
});

test('jobs that name each other in a circle still end', () => {
  const [one, two] = [
    { id: 'a-000001', name: null, madeBy: 'j1' },
    { id: 'b-000002', name: null, madeBy: 'j2' },
  ];
  const circle: Known = {
    documents: [one, two],
    jobs: [
      { id: 'j1', operation: 'rotate', inputs: [two.id] },
      { id: 'j2', operation: 'rotate', inputs: [one.id] },
    ],
  };
  expect(documentName(one, circle, words)).toMatch(/^rotate of #0000/);
});

test('what a result was made of is looked for further back, and nothing where all is known', () => {
  expect(missingOf({ documents: [menu, stamped], jobs: known.jobs })).toEqual({
    jobs: false,
    documents: false,
  });
  expect(missingOf({ documents: [stamped], jobs: [] })).toEqual({ jobs: true, documents: false });
  expect(missingOf({ documents: [stamped], jobs: known.jobs })).toEqual({
    jobs: false,
    documents: true,
  });
  const plain = { id: 'doc-send-000009', name: null, madeBy: null };
  expect(missingOf({ documents: [plain], jobs: [] })).toEqual({ jobs: false, documents: false });
});

test('what a name goes back to and nobody has read is named, each once, as far as it is shown', () => {
  const documents = [
    { id: 'r1', name: null, madeBy: 'j1' },
    { id: 'r2', name: null, madeBy: 'j2' },
    { id: 'u1', name: 'menu.pdf', madeBy: null },
  ];
  const jobs = [{ id: 'j1', operation: 'merge', inputs: ['u1', 'u2', 'u3'] }];
  expect(missingIds({ documents, jobs })).toEqual({ jobs: ['j2'], documents: ['u2'] });
  const farther = [...jobs, { id: 'j2', operation: 'rotate', inputs: ['u2'] }];
  const known = [...documents, { id: 'u2', name: 'wine.pdf', madeBy: null }];
  expect(missingIds({ documents: known, jobs: farther })).toEqual({ jobs: [], documents: [] });
});
