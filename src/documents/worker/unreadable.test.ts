import { expect, test } from 'vitest';
import { documentOf } from '../../../test/support/pdf/write-pdf.ts';
import { judge } from './judge.ts';

const locked = (entries: string): Buffer =>
  documentOf({}, { trailer: `/Encrypt << ${entries} >> /ID [<00> <00>]` });
const HASH = `/O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> /P -4`;

test.each([
  ['a filter that is not known', locked(`/Filter /Vendor.DRM /V 4 /R 4 ${HASH}`)],
  ['a version that is not known', locked(`/Filter /Standard /V 9 /R 9 ${HASH}`)],
])('a file locked with %s is refused as such', async (_what, pdf) => {
  expect(await judge(pdf)).toMatchObject({
    verdict: 'refused',
    reasons: [{ code: 'ENCRYPTION_UNSUPPORTED' }],
  });
});

test('a refusal says what is damaged, and quotes nothing of the file', async () => {
  const judged = await judge(Buffer.from('%PDF-1.7\ncanary\nstartxref\n3\n%%EOF'));
  expect(judged).toMatchObject({
    verdict: 'refused',
    reasons: [{ code: 'UNREADABLE', detail: expect.stringContaining('table of its objects') }],
  });
  expect(JSON.stringify(judged)).not.toContain('canary');
});
