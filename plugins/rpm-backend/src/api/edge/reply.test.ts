import express from 'express';
import request from 'supertest';
import { ITEMS_AT_A_TIME, sendReply } from './reply';

async function receive(body: unknown): Promise<request.Response> {
  const app = express().get('/', (_, res) =>
    sendReply(res, { status: 200, body }, item => item),
  );
  return request(app).get('/');
}

describe('replies', () => {
  it.each([0, 1, ITEMS_AT_A_TIME, 2 * ITEMS_AT_A_TIME + 1])(
    'are written whole, with %p items in a page',
    async count => {
      const page = {
        count,
        next: null,
        previous: 'https://portal.example/}',
        results: Array.from({ length: count }, (_, index) => ({
          name: `"ünit" ${index}`,
        })),
      };
      const reply = await receive(page);
      expect(reply.body).toEqual(page);
      expect(reply.headers['content-type']).toBe('application/json');
    },
  );

  it('let others have their turn while a long page is written', async () => {
    let turns = 0;
    let written = 0;
    const turn = setInterval(() => {
      turns += 1;
    }, 0);
    const item = {
      toJSON() {
        written += 1;
        // Until then the time is over at which the others may begin.
        const end = performance.now() + 1;
        while (performance.now() < end);
        return { turns };
      },
    };
    const results = Array(4 * ITEMS_AT_A_TIME).fill(item);
    const { body } = await receive({ count: results.length, results });
    clearInterval(turn);
    expect(written).toBe(results.length);
    const seen = new Set(body.results.map((one: any) => one.turns));
    expect(seen.size).toBeGreaterThan(2);
  });
});
