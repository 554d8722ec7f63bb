/** Runs the fake provider alone: `node tools/fake-provider/main.ts [--port N] [--webhook URL] [--secret TEXT]`. */
import { parseArgs } from 'node:util';
import { startFakeProvider } from './fake-provider.ts';

const PORT = '9100';
/** What a person who tries things out finds believable. */
const BEHAVIOUR = { delayMs: 40, jitterMs: 60, statusDelayMs: 400, reads: 0.5 };

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: PORT },
    webhook: { type: 'string' },
    secret: { type: 'string', default: 'fake' },
  },
});
const provider = await startFakeProvider({
  port: Number(values.port),
  appSecret: values.secret,
  behaviour: BEHAVIOUR,
  ...(values.webhook === undefined ? {} : { webhookUrl: values.webhook }),
});
process.stdout.write(`COMPTOIR_WHATSAPP_URL=${provider.url}\n`);
const stop = (): void => {
  void provider.close().then(() => process.exit(0));
};
process.once('SIGINT', stop).once('SIGTERM', stop);
