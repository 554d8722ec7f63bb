/** Solves challenges, as the page of a quiz does: for tests. */
import type { Challenge, Proof } from './routes-challenge.ts';
import { zeroBitsOf } from './routes-challenge.ts';

export async function solved({
  text,
  difficulty,
}: Pick<Challenge, 'text' | 'difficulty'>): Promise<Proof> {
  for (let number = 0; ; number += 1)
    if ((await zeroBitsOf(`${text}:${number}`)) >= difficulty) return { challenge: text, number };
}
