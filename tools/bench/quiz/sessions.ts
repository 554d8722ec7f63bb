/** Sessions of a quiz, each with a connection and an address of its own, as a proxy in front would tell it. */
import { createHash } from 'node:crypto';
import { openConnection } from '../load/connection.ts';
import { answerText, QUESTIONS } from './long-quiz.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
}

const UNAVAILABLE = 503;

export interface Session {
  /** Answers the next question once the answer before it came; the status. */
  answer(): Promise<number>;
  close(): void;
}

/** `begin` is asked for a session, and again whenever one is completed. */
export async function openSession(target: Target, begin: () => Promise<Begun>): Promise<Session> {
  const opened = Promise.withResolvers<void>();
  let answering: PromiseWithResolvers<number> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  let question = 0;
  let begun = await begin();
  const connection = openConnection(target, {
    onOpen: opened.resolve,
    onResponse: (status) => answering?.resolve(status),
    onLost(error) {
      opened.reject(error);
      answering?.reject(error);
    },
  });
  await opened.promise;
  const send = async (): Promise<number> => {
    if (question === QUESTIONS) {
      begun = await begin();
      question = 0;
    }
    answering = Promise.withResolvers();
    const bytes = Buffer.from(requestText(target, begun, question), 'latin1');
    connection.send(bytes, bytes.length);
    const status = await answering.promise;
    // What was refused for want of room is answered again, as a page does; the refusal counts.
    if (status !== UNAVAILABLE) question += 1;
    return status;
  };
  return {
    answer() {
      const status = before.then(send);
      before = status.catch(() => undefined);
      return status;
    },
    close: () => connection.destroy(),
  };
}

export interface Begun {
  readonly number: number;
  readonly address: string;
  readonly sessionId: string;
  readonly token: string;
}

const QUIZ = '/public/default/quiz/bench';

function requestText({ host, port }: Target, session: Begun, question: number): string {
  const body = answerText(session.number, question);
  return (
    `POST ${QUIZ}/sessions/${session.sessionId}/answers HTTP/1.1\r\nHost: ${host}:${port}\r\n` +
    `Authorization: Bearer ${session.token}\r\nX-Forwarded-For: ${session.address}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

interface Shown {
  readonly challenge: { readonly text: string; readonly difficulty: number };
}

/** Fetches a challenge, solves it and starts, as a page does. */
export async function begin(url: string, number: number): Promise<Begun> {
  const address = `10.${number % 250}.${Math.floor(number / 250) % 250}.1`;
  const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' };
  // safe because the server answers with what its description says, or the next request fails
  const shown = (await (await fetch(url + QUIZ, { headers })).json()) as Shown;
  const body = JSON.stringify({ proof: solved(shown.challenge) });
  const response = await fetch(`${url}${QUIZ}/sessions`, { method: 'POST', headers, body });
  if (response.status !== 201)
    throw new Error(`starting a session answered ${response.status}: ${await response.text()}`);
  // safe because a started session is answered with these
  const started = (await response.json()) as { readonly sessionId: string; readonly token: string };
  return { ...started, number, address };
}

function solved({ text, difficulty }: Shown['challenge']) {
  for (let number = 0; ; number += 1) {
    const first = createHash('sha256').update(`${text}:${number}`).digest().readUInt32BE();
    if (Math.clz32(first) >= difficulty) return { challenge: text, number };
  }
}
